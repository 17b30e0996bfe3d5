// Who is told what. docs/operations.md says of each alert what the app has to report for it, and what to do.
param environmentName string
param location string
param tags object
param emails string[]
param workspaceName string
param storageName string
param vaultName string
param credentialWarningDays int

// Each query returns one row for each thing that is wrong, as it was reported last.
var logAlerts = [
  {
    name: 'poison-message'
    severity: 2
    text: 'A message could not be worked on five times and lies in a poison queue.'
    query: 'AppMetrics | where Name == "queue.poison_messages" | extend queue = tostring(Properties.queue) | summarize arg_max(TimeGenerated, Sum) by queue | where Sum > 0'
    dimensions: ['queue']
  }
  {
    name: 'integration-failing'
    severity: 1
    text: 'An integration imports nothing until a person has looked at it.'
    query: 'AppMetrics | where Name == "integration.state" | extend integration = tostring(Properties.integration), state = tostring(Properties.state) | summarize arg_max(TimeGenerated, state) by integration | where state == "failing"'
    dimensions: ['integration']
  }
  {
    name: 'integration-incomplete'
    severity: 2
    text: 'Rows of the last two days of an integration could not be read.'
    query: 'AppMetrics | where Name == "integration.state" | extend integration = tostring(Properties.integration), state = tostring(Properties.state) | summarize arg_max(TimeGenerated, state) by integration | where state == "incomplete"'
    dimensions: ['integration']
  }
  {
    name: 'integration-late'
    severity: 2
    text: 'Data of an integration that should be there is not.'
    query: 'AppMetrics | where Name == "integration.state" | extend integration = tostring(Properties.integration), state = tostring(Properties.state) | summarize arg_max(TimeGenerated, state) by integration | where state == "late"'
    dimensions: ['integration']
  }
  {
    name: 'credential-rejected'
    severity: 1
    text: 'Five9 rejected a password. The integration waits for another one.'
    query: 'AppMetrics | where Name == "credential.rejected" | extend integration = tostring(Properties.integration) | summarize arg_max(TimeGenerated, Sum) by integration | where Sum > 0'
    dimensions: ['integration']
  }
  {
    name: 'credential-expiring'
    severity: 2
    text: 'A password expires in ${credentialWarningDays} days or less.'
    query: 'AppMetrics | where Name == "credential.days_left" | extend integration = tostring(Properties.integration) | summarize arg_max(TimeGenerated, Sum) by integration | where Sum <= ${credentialWarningDays}'
    dimensions: ['integration']
  }
  {
    name: 'five9-quota'
    severity: 2
    text: 'More than 90 % of an hour\'s or a day\'s calls to Five9 are used.'
    query: 'AppMetrics | where Name == "five9.quota_left" | extend user = tostring(Properties.user), operation = tostring(Properties.operation), interval = tostring(Properties.interval) | where interval != "minute" | summarize arg_max(TimeGenerated, Sum) by user, operation, interval | where Sum < 10'
    dimensions: ['user', 'operation', 'interval']
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-five9-${environmentName}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'five9${environmentName}'
    enabled: true
    emailReceivers: [
      for (email, i) in emails: {
        name: 'email-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource logRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in logAlerts: {
    name: 'five9-${environmentName}-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Five9 ${environmentName}: ${alert.name}'
      description: '${alert.text} Runbook: docs/operations.md, ${alert.name}.'
      severity: alert.severity
      enabled: true
      scopes: [
        workspace.id
      ]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT45M'
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            dimensions: [
              for dimension in alert.dimensions: {
                name: dimension
                operator: 'Include'
                values: [
                  '*'
                ]
              }
            ]
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [
          people.id
        ]
      }
    }
  }
]

// An app that is down reports nothing, and so none of the alerts above would say so.
resource silent 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'five9-${environmentName}-importer-silent'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Five9 ${environmentName}: importer-silent'
    description: 'Three ticks have passed in which the importer reported nothing: nothing is imported. Runbook: docs/operations.md, importer-silent.'
    severity: 0
    enabled: true
    scopes: [
      workspace.id
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT45M'
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'AppMetrics | where Name == "queue.poison_messages"'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [
        people.id
      ]
    }
  }
}

// The client tries again by itself, so that a few are no harm.
resource storageThrottled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'five9-${environmentName}-storage-throttled'
  location: 'global'
  tags: tags
  properties: {
    description: 'The storage account refuses requests because there are too many. Runbook: docs/operations.md, storage-throttled.'
    severity: 3
    enabled: true
    scopes: [
      account.id
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'refused'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Transactions'
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: [
                'ClientAccountBandwidthThrottlingError'
                'ClientAccountRequestThrottlingError'
                'ClientThrottlingError'
                'ServerBusyError'
              ]
            }
          ]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 50
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

resource vaultThrottled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'five9-${environmentName}-vault-throttled'
  location: 'global'
  tags: tags
  properties: {
    description: 'The key vault refuses requests because there are too many. Runbook: docs/operations.md, vault-throttled.'
    severity: 3
    enabled: true
    scopes: [
      vault.id
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'refused'
          metricNamespace: 'Microsoft.KeyVault/vaults'
          metricName: 'ServiceApiResult'
          dimensions: [
            {
              name: 'StatusCode'
              operator: 'Include'
              values: [
                '429'
              ]
            }
          ]
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}
