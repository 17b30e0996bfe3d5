namespace Five9Functions.Five9.Csv;

/// <summary>Which number of a date is the day where the year stands last. The setting DateOrder and the option --dates write it so: dmy, mdy.</summary>
public enum DateOrder
{
    /// <summary>11/2/2026 is 11 February.</summary>
    Dmy,

    /// <summary>11/2/2026 is 2 November.</summary>
    Mdy,
}

/// <summary>What one date says about the order of day and month.</summary>
public enum DateEvidence
{
    /// <summary>Nothing: it can be read without an order, or in neither order.</summary>
    None,

    /// <summary>It can be read in both orders, as two different dates.</summary>
    InDoubt,

    /// <summary>Only with the day first: 13/2/2026.</summary>
    DayFirst,

    /// <summary>Only with the month first: 2/13/2026.</summary>
    MonthFirst,
}
