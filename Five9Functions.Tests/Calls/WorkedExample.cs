namespace Five9Functions.Tests.Calls;

/// <summary>The calls of docs/calls.md's worked example, as Five9 would write them in the custom copy with SKILL. Unsorted, like Five9's reports.</summary>
internal static class WorkedExample
{
    public const string Csv = $"""
        {CallText.Header}
        106,"Fri, 21 Aug 2026 09:10:31",Sales In,Inbound,ann,S-New,,00:00:06,00:00:04,00:01:00,00:00:00,00:00:00,00:00:20,0
        101,"Fri, 21 Aug 2026 09:00:10",Sales In,Inbound,ann,S-New,00:00:20,00:00:12,00:00:03,00:04:00,00:01:00,00:00:00,00:00:30,0
        102,"Fri, 21 Aug 2026 09:01:00",Sales In,Inbound,[None],S-New,00:00:20,00:00:04,,,,,,1
        103,"Fri, 21 Aug 2026 09:02:00",Sales In,Inbound,[None],S-New,00:00:20,00:00:45,,,,,,1
        104,"Fri, 21 Aug 2026 09:03:00",Sales In,Inbound,[None],[None],00:01:30,00:00:00,,,,,,0
        105,"Fri, 21 Aug 2026 09:07:40",Sales In,Inbound,cat,S-Care,,00:00:05,00:00:03,00:03:00,00:00:30,00:00:00,00:00:20,0
        105,"Fri, 21 Aug 2026 09:05:00",Sales In,Inbound,bob,S-New,00:00:20,00:00:30,00:00:02,00:02:00,00:00:00,00:00:00,00:00:10,0
        106,"Fri, 21 Aug 2026 09:10:00",Sales In,Inbound,dan,S-New,00:00:20,00:00:10,00:00:20,00:00:00,00:00:00,00:00:00,00:00:00,
        107,"Fri, 21 Aug 2026 09:40:00",Sales In,Queue Callback,[None],S-Care,,00:00:00,,,,,,
        107,"Fri, 21 Aug 2026 09:12:00",Sales In,Inbound,[None],S-Care,00:00:20,00:01:00,,,,,,0
        107,"Fri, 21 Aug 2026 09:47:00",Sales In,Queue Callback,eve,S-Care,,00:00:00,00:00:05,00:02:30,00:00:00,00:00:00,00:00:30,0
        108,"Fri, 21 Aug 2026 09:13:00",Sales In,Inbound,[None],S-New,00:00:20,00:02:00,,,,,,0
        108,"Fri, 21 Aug 2026 09:15:20",Sales In,Inbound,cat,S-Care,,00:00:20,00:00:05,00:02:00,00:00:00,00:00:20,00:00:10,0
        109,"Fri, 21 Aug 2026 09:14:00",Sales In,Inbound,[None],S-Care,00:00:20,00:01:30,,,,,,0
        109,"Fri, 21 Aug 2026 09:16:00",Sales In,Inbound Voicemail,eve,S-Care,,00:00:00,,00:00:40,00:00:00,00:00:00,00:00:20,
        110,"Fri, 21 Aug 2026 09:20:00",Sales In,3rd party conference,ann,[None],,00:00:00,,00:05:00,00:00:00,00:00:00,00:00:00,
        110,"Fri, 21 Aug 2026 09:14:50",Sales In,Inbound,ann,S-New,00:00:05,00:00:00,00:00:05,00:20:00,00:02:00,00:00:00,00:01:00,0
        111,"Fri, 21 Aug 2026 09:29:59",Sales In,Inbound,bob,S-New,00:00:00,00:00:20.400,00:00:00,00:01:00,00:00:00,00:00:00,00:00:00,0
        112,"Fri, 21 Aug 2026 09:31:00",Sales Out,Outbound,[None],[None],,00:00:00,,,,,,
        113,"Fri, 21 Aug 2026 09:32:00",Sales Out,Outbound,bob,[None],,00:00:00,00:00:00,00:01:30,00:00:00,00:00:00,00:00:30,0
        114,"Fri, 21 Aug 2026 09:33:00",Sales Out,Outbound,[None],[None],,00:00:03,,,,,,1
        115,"Fri, 21 Aug 2026 09:34:00",[None],Internal,bob,[None],,00:00:00,00:00:04,00:00:50,00:00:00,00:00:00,00:00:00,
        116,"Fri, 21 Aug 2026 09:35:00",Sales In,Skill Call,cat,S-Care,,00:00:00,00:00:04,00:00:30,00:00:00,00:00:00,00:00:00,
        117,"Fri, 21 Aug 2026 09:36:00",Sales In,Fax,[None],S-Care,,00:00:00,,,,,,

        """;

    /// <summary>Five rows as they came from a live centre, with its names and numbers replaced: all 25 columns of the standard report.</summary>
    public const string LiveRows = """
        CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,AGENT NAME,DISPOSITION,ANI,CUSTOMER NAME,DNIS,CALL TIME,BILL TIME (ROUNDED),COST,IVR TIME,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,TRANSFERS,CONFERENCES,HOLDS,ABANDONED,RECORDINGS
        300000010270761,"Fri, 21 Aug 2026 09:00:06",Campaign A,Outbound,agent1,Agent One,NA,5550100001,,5550100101,00:00:46,00:00:48,0.0117,,00:00:00.235,00:00:00,00:00:43,00:00:00,00:00:00,00:00:00,,,,0,09:00:25(0:43)
        300000010270779,"Fri, 21 Aug 2026 09:02:05",Campaign B,Preview,agent2,Agent Two - XX,Answering Machine,5550100002,,5550100102,00:00:44,00:00:48,0.0064,,00:00:00.000,,00:00:43,00:00:00,00:00:00,00:00:00,,,,,09:02:37(0:43)
        300000010270763,"Fri, 21 Aug 2026 09:00:12",Campaign C - Inbound,3rd party transfer,[None],,,5550100003,,5550100103,00:03:45,00:03:48,0.0304,00:03:53,00:00:00.000,,,,,,,,,,09:00:11(3:46)
        300000010270763,"Fri, 21 Aug 2026 09:00:04",Campaign C - Inbound,Inbound,[None],,Transferred To 3rd Party,5550100003,,5550100104,00:03:54,00:03:54,0.0312,00:03:53,00:00:00.000,,,,,,,,,0,09:00:11(3:46)
        300000010270774,"Fri, 21 Aug 2026 09:01:06",Campaign A,Outbound,[None],,No Answer,5550100001,,5550100105,00:00:00,00:00:00,0.00,,00:00:00.000,,,,,,,,,,

        """;
}
