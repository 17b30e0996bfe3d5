// Everything that Five9Functions needs in Azure, in one resource group: docs/deploy.md says how to deploy it, docs/operations.md how to size it.
targetScope = 'resourceGroup'

@description('Names every resource together with a hash of the resource group, so that two environments never share one.')
@minLength(2)
@maxLength(6)
param environmentName string

@description('Where everything is.')
param location string = resourceGroup().location

@description('Whom the alerts tell. Nobody, if empty: the alerts then only show in the portal.')
param alertEmails string[] = []

@description('When imports are scheduled: six fields, UTC. Not more often than every ten minutes, because of Five9\'s quota.')
param importSchedule string = '0 */15 * * * *'

@description('When everybody is asked for who is in which state now: six fields, UTC.')
param liveSchedule string = '*/15 * * * * *'

@description('Settings of the app that differ from their defaults: the keys of local.settings.sample.json.')
param settings object = {}

@description('Memory of each instance.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('How many instances one function may have.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('How many HTTP requests one instance answers at the same time.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 16

@description('How the storage account keeps its copies.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param storageSku string = 'Standard_ZRS'

@description('After how many days without a change a raw day costs less to keep, and more to read.')
@minValue(10)
param coolAfterDays int = 30

@description('After how many days without a change it costs still less to keep.')
@minValue(11)
param coldAfterDays int = 120

@description('For how long a deleted secret, and a deleted vault, can be had back.')
@minValue(7)
@maxValue(90)
param vaultRetentionDays int = 90

@description('For how long logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('The most that is logged in a day, in GB; -1 for no limit.')
param logDailyCapGB int = 5

@description('How many days before a password expires somebody is told. Less than Rotation__NearExpiry, so that the importer has tried first.')
@minValue(1)
param credentialWarningDays int = 14

var suffix = uniqueString(resourceGroup().id)
var tags = {
  app: 'Five9Functions'
  environment: environmentName
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: 'id-five9-${environmentName}-${suffix}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    workspaceName: 'log-five9-${environmentName}-${suffix}'
    insightsName: 'appi-five9-${environmentName}-${suffix}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyCapGB: logDailyCapGB
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: 'stfive9${environmentName}${take(suffix, 11)}'
    location: location
    tags: tags
    sku: storageSku
    coolAfterDays: coolAfterDays
    coldAfterDays: coldAfterDays
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: take('kv-f9-${environmentName}-${suffix}', 24)
    location: location
    tags: tags
    retentionDays: vaultRetentionDays
    workspaceName: monitoring.outputs.workspaceName
  }
}

module events 'modules/events.bicep' = {
  name: 'events'
  params: {
    name: 'evgt-five9-${environmentName}-${suffix}'
    location: location
    tags: tags
    vaultName: vault.outputs.name
    storageName: storage.outputs.name
    queueName: storage.outputs.credentialEventsQueue
  }
}

module roles 'modules/roles.bicep' = {
  name: 'roles'
  params: {
    identityName: identity.outputs.name
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: 'func-five9-${environmentName}-${suffix}'
    planName: 'plan-five9-${environmentName}-${suffix}'
    location: location
    tags: tags
    identityName: identity.outputs.name
    storageName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    vaultUri: vault.outputs.uri
    insightsName: monitoring.outputs.insightsName
    importSchedule: importSchedule
    liveSchedule: liveSchedule
    settings: settings
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpConcurrency: httpConcurrency
  }
  dependsOn: [
    roles // what starts before it may read its storage fails, and is started again only after a while
  ]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    environmentName: environmentName
    location: location
    tags: tags
    emails: alertEmails
    workspaceName: monitoring.outputs.workspaceName
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    credentialWarningDays: credentialWarningDays
  }
}

@description('The app, for az functionapp.')
output appName string = app.outputs.name

@description('The address of the API.')
output apiUrl string = app.outputs.apiUrl

@description('The key vault with the passwords.')
output vaultName string = vault.outputs.name

@description('The storage account with everything else.')
output storageName string = storage.outputs.name
