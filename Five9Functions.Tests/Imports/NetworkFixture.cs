using System.Net;
using System.Net.Sockets;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>
/// One slice, 10:00 to 12:00 on 2026-11-02, from its start at 20:00:00 to its end: real storage, the simulated Five9 over real HTTP, and between them a
/// wire that a test spoils. The clock is set to when each step is due.
/// </summary>
public abstract class NetworkFixture
{
    private protected const string Password = "secret 1";

    private protected static readonly string[] Rows = ["anna Ready 10:00:00-10:10:00", "ben Inbound 11:00:00-11:00:30"];

    /// <summary>More than the longest way to an end, which is a report that never finishes.</summary>
    private const int MaxSteps = 150;

    private static readonly ImportSlice Planned = Slice("10:00-12:00");

    private protected ImportBench Bench { get; private set; } = null!;

    private protected Five9Simulator Simulator { get; private set; } = null!;

    private protected Five9Wire Wire { get; private set; } = null!;

    private protected Integration Integration { get; private set; } = null!;

    /// <summary>What happens in place of a connection; null for a real one.</summary>
    private protected Exception? ConnectFails { get; set; }

    private protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    [SetUp]
    public async Task StartAsync()
    {
        Bench = await ImportBench.StartAsync(Settings, ConnectAsync);
        Simulator = await Five9Simulator.StartAsync(new SimulatorOptions
        {
            UserName = Acme.UserName,
            Password = Password,
            TimeProvider = Bench.Time,
            ReportDuration = TimeSpan.Zero,
            AgentStates = new StateRows(
                new("anna", "Ready", "2026-11-02T10:00:00Z", "2026-11-02T10:10:00Z"), new("ben", "Inbound", "2026-11-02T11:00:00Z", "2026-11-02T11:00:30Z")),
        });
        Wire = new Five9Wire(Simulator.BaseAddress);
        Integration = Acme with { Host = Wire.Address };
        await Bench.AllowAsync(Wire.Address);
        await Bench.SeedAsync(Integration);
        await Bench.ProveAsync(Integration);
        await Bench.OpenAsync(Integration, ScheduledRun() with { Planned = 1 }, Planned);
        await Bench.Get<SliceDispatch>().DispatchAsync(Five9UserTable.KeyOf(Integration), CancellationToken.None);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await Bench.DisposeAsync();
        await Wire.DisposeAsync();
        await Simulator.DisposeAsync();
        Assert.That(Bench.Log.TakeWarnings(), Is.Empty, "unexpected warnings");
    }

    /// <summary>A fault that passes: the slice waits in the state where it came, and is done when it is over.</summary>
    private protected async Task WaitsAndIsDoneAsync(SliceState state, ImportProblem problem, string due, string text, string calls)
    {
        var waits = await StoppedAsync();

        Assert.That((waits.State, waits.Error, waits.DueAt), Is.EqualTo((state, new ImportError(problem, text), At(due))));
        await IsDoneAsync(calls);
    }

    /// <summary>The slice is done, and holds what Five9 has.</summary>
    private protected async Task IsDoneAsync(string calls)
    {
        var done = await FinishedAsync();

        Assert.That((done.State, done.Error, done.Read, done.Landed), Is.EqualTo((SliceState.Done, (ImportError?)null, 2, 2)));
        Assert.That(await Bench.Get<AgentStatesTable>().ReadAsync("acme", Planned.Date, 1, CancellationToken.None).Select(SegmentText.Of).ToListAsync(), Is.EqualTo(Rows));
        Assert.That(Wire.Calls, Is.EqualTo(calls));
    }

    /// <summary>A fault that only a person can mend, or that was given time enough.</summary>
    private protected async Task FailsAsync(ImportProblem problem, string text, string calls)
    {
        var failed = await FinishedAsync();

        Assert.That((failed.State, failed.Error), Is.EqualTo((SliceState.Failed, new ImportError(problem, text))));
        Assert.That(Wire.Calls, Is.EqualTo(calls));
        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[]
        {
            $"Error: Slice agent-states|2026-11-02T10:00:00Z|2026-11-02T12:00:00Z of acme ended as Failed. {text} ({problem.Code()})",
        }));
        Assert.That(await Bench.Get<AgentStatesTable>().ReadAsync("acme", Planned.Date, 1, CancellationToken.None).CountAsync(), Is.Zero);
    }

    /// <summary>Goes on to the first step that did not go well, or to the end.</summary>
    private protected Task<ImportSlice> StoppedAsync() => StepAsync(s => s.Finished || s.Error is not null);

    private protected Task<ImportSlice> FinishedAsync() => StepAsync(s => s.Finished);

    /// <summary>Delivers each step when it is due.</summary>
    private protected async Task<ImportSlice> StepAsync(Func<ImportSlice, bool> reached)
    {
        for (var step = 0; step < MaxSteps; step++)
        {
            var slice = await Bench.SliceAsync(Planned);
            if (slice.DueAt.ToDateTimeOffset() > Bench.Time.GetUtcNow())
            {
                Bench.Time.SetUtcNow(slice.DueAt.ToDateTimeOffset());
            }

            await DeliverAsync();
            foreach (var job in await Bench.Messages.NormalizeJobsAsync())
            {
                await Bench.Get<NormalizeDay>().RunAsync(job, 1, CancellationToken.None);
            }

            slice = await Bench.SliceAsync(Planned);
            if (reached(slice))
            {
                return slice;
            }
        }

        throw new AssertionException($"After {MaxSteps} steps: {await Bench.SliceAsync(Planned)}");
    }

    /// <summary>Delivers the step that the slice is at, now.</summary>
    private protected async Task DeliverAsync()
    {
        var slice = await Bench.SliceAsync(Planned);
        await Bench.Get<FetchReport>().RunAsync(new SliceStep("acme", Run, ImportSliceTable.RowKey(slice), slice.Step), 1, CancellationToken.None);
    }

    /// <summary>Lets time pass in steps that leave the user's lease time to be renewed, until a step of the slice ends.</summary>
    private protected async Task<ImportSlice> PassAsync(Task asked)
    {
        var step = FirstTroubleAsync();
        await asked;
        while (!step.IsCompleted)
        {
            Bench.Time.Advance(TimeSpan.FromSeconds(10));
            for (var looks = 1; !step.IsCompleted && (await Bench.UserAsync(Integration)).LeaseUntil - Instant.FromDateTimeOffset(Bench.Time.GetUtcNow()) < Duration.FromSeconds(40); looks++)
            {
                // The row can show a renewal before the lease has begun to wait for the next one, which is then due a little later.
                if (looks % 50 == 0)
                {
                    Bench.Time.Advance(TimeSpan.FromSeconds(1));
                }
            }
        }

        return await step;

        async Task<ImportSlice> FirstTroubleAsync() => await StoppedAsync();
    }

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancellationToken)
    {
        if (ConnectFails is { } fault)
        {
            throw fault;
        }

        // What the wire has sent, and what was read of it, are nearly the same.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
        try
        {
            await socket.ConnectAsync(to, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
