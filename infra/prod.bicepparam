using 'main.bicep'

param environmentName = 'prod'
param storageSku = 'Standard_ZRS'
param maximumInstanceCount = 100
param vaultRetentionDays = 90
param logRetentionDays = 90
param logDailyCapGB = 10

// The pipeline sets it; who deploys by hand may set it, too.
param alertEmails = split(readEnvironmentVariable('ALERT_EMAILS', 'five9-operations@example.com'), ',')
