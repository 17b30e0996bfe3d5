using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>
/// Step 4: at every instant the shortest state is visible; a longer one yields and resumes. One sort of all starts and ends,
/// then one pass over them with the active states in a heap: O(n log n).
/// </summary>
internal static class VisibilitySweep
{
    private readonly record struct Boundary(Instant At, BoundedState? State, bool Begins);

    /// <summary>The covered time in order, in stretches; gaps are left out. No stretch spans a midnight of <paramref name="day"/>.</summary>
    public static List<Stretch> Run(LocalDay day, IReadOnlyList<BoundedState> states)
    {
        var boundaries = Boundaries(day, states);
        var active = new ActiveStates();
        var stretches = new List<Stretch>(boundaries.Count);

        for (var i = 0; i < boundaries.Count; i++)
        {
            var (at, state, begins) = boundaries[i];
            if (state is not null)
            {
                active.Change(state, begins);
            }

            // Only when all of one instant has happened is there something to see: the order within an instant means nothing.
            var isLastOfInstant = i + 1 < boundaries.Count && boundaries[i + 1].At > at;
            if (isLastOfInstant && active.First(at) is { } visible)
            {
                stretches.Add(new Stretch(at, boundaries[i + 1].At, visible, active.Kinds));
            }
        }

        return stretches;
    }

    private static List<Boundary> Boundaries(LocalDay day, IReadOnlyList<BoundedState> states)
    {
        var boundaries = new List<Boundary>((states.Count * 2) + 2) { new(day.Start, null, false), new(day.End, null, false) };
        foreach (var state in states.Where(state => !state.IsMarker))
        {
            boundaries.Add(new Boundary(state.Start, state, Begins: true));
            boundaries.Add(new Boundary(state.End, state, Begins: false));
        }

        boundaries.Sort((one, other) => one.At.CompareTo(other.At));
        return boundaries;
    }

    private sealed class ActiveStates
    {
        private readonly PriorityQueue<BoundedState, BoundedState> heap = new(YieldOrder.Instance);
        private readonly int[] countOfKind = new int[(int)StateKind.LoggedOut + 1];

        public KindSet Kinds { get; private set; }

        public void Change(BoundedState state, bool begins)
        {
            var kind = state.Whole.Kind;
            countOfKind[(int)kind] += begins ? 1 : -1;
            Kinds = countOfKind[(int)kind] > 0 ? Kinds.With(kind) : Kinds.Without(kind);
            if (begins)
            {
                heap.Enqueue(state, state);
            }
        }

        /// <summary>The visible state from <paramref name="at"/> on. States that ended leave the heap when they come up, not before.</summary>
        public BoundedState? First(Instant at)
        {
            while (heap.TryPeek(out var first, out _))
            {
                if (first.End > at)
                {
                    return first;
                }

                heap.Dequeue();
            }

            return null;
        }
    }
}
