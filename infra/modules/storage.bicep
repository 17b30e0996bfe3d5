// The app's only store. The app creates a queue, table or container that is missing; they stand here so that what belongs to it can be seen,
// and so that Event Grid finds its queue before the app was ever started.
param name string
param location string
param tags object
param sku string
param coolAfterDays int
param coldAfterDays int

var credentialEvents = 'credential-events'
var queueNames = [
  'import-jobs'
  'call-log-reports'
  'agent-state-reports'
  'normalize-jobs'
  'compare-jobs'
  'removal-jobs'
  credentialEvents
  'live-polls'
]
var tableNames = [
  'Integrations'
  'Five9Users'
  'ImportRuns'
  'ImportSlices'
  'ImportChanges'
  'ReportDays'
  'AgentStates'
  'Calls'
  'QueueIntervals'
  'Queues'
  'Workloads'
  'Schedules'
  'Activities'
  'LiveAgentStates'
]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    // A raw day is written again with each import of the day, so each version kept would be kept a hundred times; and what is deleted for its age is to be gone.
    deleteRetentionPolicy: {
      enabled: false
    }
    isVersioningEnabled: false
  }
}

resource reports 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'reports'
  properties: {
    publicAccess: 'None'
  }
}

resource deployment 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'deployment'
  properties: {
    publicAccess: 'None'
  }
}

// Nothing is deleted here: the app does that, days and everything that was derived from them together. No tier is one that cannot be read at once.
// Copies that runs keep meanwhile (<integration>/runs/) are gone long before they are old enough.
resource tiers 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'raw-days'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: [
                'blockBlob'
              ]
              prefixMatch: [
                '${reports.name}/'
              ]
            }
            actions: {
              baseBlob: {
                tierToCool: {
                  daysAfterModificationGreaterThan: coolAfterDays
                }
                tierToCold: {
                  daysAfterModificationGreaterThan: coldAfterDays
                }
              }
            }
          }
        }
      ]
    }
  }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [
  for queueName in queueNames: {
    parent: queueService
    name: queueName
  }
]

resource poisonQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [
  for queueName in queueNames: {
    parent: queueService
    name: '${queueName}-poison'
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = [
  for tableName in tableNames: {
    parent: tableService
    name: tableName
  }
]

output name string = account.name
output deploymentContainer string = deployment.name
output credentialEventsQueue string = credentialEvents
