using System.Diagnostics;
using System.Globalization;
using System.Text;
using Five9Functions.Tests.Infra;
using Five9Functions.Tests.Worker.Protocol;

namespace Five9Functions.Tests.Worker;

/// <summary>The worker's build output as a process of its own, started, asked and ended as the Functions host does it.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private const int MaxMessageBytes = 128 * 1024 * 1024;

    private readonly HostEndpoint _host;
    private readonly Process _process;
    private readonly HttpClient _http = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) });
    private readonly StringBuilder _output = new();
    private Dictionary<string, RpcFunctionMetadata> _functions = [];
    private bool _isStarted;

    private RunningWorker(HostEndpoint host, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        _host = host;
        string[] arguments =
        [
            Path.Combine(Folder, "Five9Functions.dll"), "--functions-uri", host.Address, "--functions-worker-id", "worker-1",
            "--functions-request-id", "start-1", "--functions-grpc-max-message-length", MaxMessageBytes.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder;
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) => host.Fail($"The worker has ended with exit code {_process.ExitCode}:{Environment.NewLine}{Output}");
    }

    /// <summary>The folder of the app's build, of the same configuration as these tests.</summary>
    public static string Folder { get; } = Path.GetFullPath(
        Path.Combine(Deployment.Root(), "Five9Functions", Path.GetRelativePath(Path.Combine(Deployment.Root(), "Five9Functions.Tests"), AppContext.BaseDirectory)));

    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>What the worker says that it has, by name.</summary>
    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions => _functions;

    public IReadOnlyList<RpcLog> Logs => [.. _host.Logs];

    /// <summary>What the process wrote to its console.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a worker and loads all its functions.</summary>
    public static async Task<RunningWorker> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, CancellationToken cancellationToken)
    {
        var worker = new RunningWorker(await HostEndpoint.StartAsync(cancellationToken), settings);
        try
        {
            worker._isStarted = worker._process.Start();
            worker._process.BeginOutputReadLine();
            worker._process.BeginErrorReadLine();
            await worker.LoadAsync(cancellationToken);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a function as the host does, but for what HTTP carries.</summary>
    /// <param name="trigger">The name of the parameter with the trigger, and what the host gives it.</param>
    public async Task<InvocationResponse> InvokeAsync(
        string function,
        (string Name, TypedData Data) trigger,
        IReadOnlyDictionary<string, TypedData> metadata,
        CancellationToken cancellationToken,
        string? id = null)
    {
        var request = new InvocationRequest
        {
            InvocationId = id ?? Guid.NewGuid().ToString(),
            FunctionId = _functions[function].FunctionId,
            TraceContext = new RpcTraceContext { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
            InputData = { new ParameterBinding { Name = trigger.Name, Data = trigger.Data } },
        };
        request.TriggerMetadata.Add(metadata.ToDictionary());
        return (await _host.AskAsync(new StreamingMessage { InvocationRequest = request }, cancellationToken)).InvocationResponse;
    }

    /// <summary>Delivers a message of a queue for the first time, as the host gives it: text whose base64 it has decoded.</summary>
    public Task<InvocationResponse> DeliverAsync(string function, string json, CancellationToken cancellationToken) => InvokeAsync(
        function, ("job", new TypedData { String = json }), new Dictionary<string, TypedData> { ["DequeueCount"] = new() { Json = "1" } }, cancellationToken);

    /// <summary>Calls an HTTP function: the call over gRPC and the request to the worker's own server are one by the header x-ms-invocation-id.</summary>
    public async Task<HttpResponseMessage> SendAsync(string function, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString();
        request.RequestUri = new Uri(new Uri(Capabilities["HttpUri"]), request.RequestUri!);
        request.Headers.Add("x-ms-invocation-id", id);
        var invoked = InvokeAsync(function, ("request", new TypedData { Http = new RpcHttp() }), new Dictionary<string, TypedData>(), cancellationToken, id);
        var answer = await _http.SendAsync(request, cancellationToken);
        await invoked;
        return answer;
    }

    /// <summary>Ends the worker as the host does, so that it has sent what it had to send. Gives its exit code.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _host.SendAsync(new StreamingMessage { WorkerTerminate = new WorkerTerminate() }, cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStarted && !_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _http.Dispose();
        await _host.DisposeAsync();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var start = new WorkerInitRequest { HostVersion = "4.1037.0", WorkerDirectory = Folder, FunctionAppDirectory = Folder };
        var init = await _host.AskAsync(new StreamingMessage { WorkerInitRequest = start }, cancellationToken);
        Capabilities = init.WorkerInitResponse.Capabilities;
        var list = new FunctionsMetadataRequest { FunctionAppDirectory = Folder };
        var metadata = await _host.AskAsync(new StreamingMessage { FunctionsMetadataRequest = list }, cancellationToken);
        _functions = metadata.FunctionMetadataResponse.FunctionMetadataResults.ToDictionary(f => f.Name);
        foreach (var function in _functions.Values)
        {
            var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
            var loaded = await _host.AskAsync(new StreamingMessage { FunctionLoadRequest = load }, cancellationToken);
            if (loaded.FunctionLoadResponse.Result is not { Status: StatusResult.Types.Status.Success })
            {
                throw new InvalidOperationException($"The worker cannot load {function.Name}: {loaded.FunctionLoadResponse.Result?.Exception?.Message}");
            }
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
