using Five9Functions;
using Microsoft.Extensions.Hosting;

WorkerHost.CreateBuilder(args).Build().Run();
