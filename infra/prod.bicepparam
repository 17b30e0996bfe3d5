using 'main.bicep'

param environmentName = 'prod'
param storageSku = 'Standard_ZRS'
param maximumInstanceCount = 100
param vaultRetentionDays = 90
param logRetentionDays = 90
param logDailyCapGB = 10

// It has no default: prod is not deployed without somebody whom the alerts tell.
param alertEmails = split(readEnvironmentVariable('ALERT_EMAILS'), ',')
