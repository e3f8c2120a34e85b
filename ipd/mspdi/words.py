"""The format's numbers and orders: kinds of links and constraints, custom fields, tags in order."""

LINKS = {0: "ff", 1: "fs", 2: "sf", 3: "ss"}
CONSTRAINTS = ("asap", "alap", "mso", "mfo", "snet", "snlt", "fnet", "fnlt")
RESOURCES = {0: "material", 1: "work", 2: "cost"}

# Custom fields that mean something here, by their titles in small letters.
MEANINGS = {
    "code": ("code", "activity code"),
    "optimistic": ("optimistic", "optimistic duration", "optimistic days"),
    "pessimistic": ("pessimistic", "pessimistic duration", "pessimistic days"),
    "distribution": ("distribution",),
    "function": ("function",),
    "owner": ("owner",),
    "group": ("group", "correlation group"),
    "gate": ("gate",),
}
# Field numbers and names to take for a meaning that a file has no field for yet.
TEXTS = [(188743731 + 3 * n, f"Text{n + 1}") for n in range(10)]
DURATIONS = [(188743783 + n, f"Duration{n + 1}") for n in range(3)]
TIMES = {"optimistic", "pessimistic"}


def _tags(said: str) -> list[str]:
    return said.split()


PROJECT = _tags("""
SaveVersion BuildNumber UID GUID Name Title Subject Category Company Manager Author
CreationDate Revision LastSaved ScheduleFromStart StartDate FinishDate FYStartDate
CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode CurrencySymbolPosition CalendarUID
BaselineCalendar DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth
DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate DurationFormat
WorkFormat EditableActualCosts HonorConstraints EarnedValueMethod InsertedProjectsLikeSummary
MultipleCriticalPaths NewTasksEffortDriven NewTasksEstimated SplitsInProgressTasks
SpreadActualCost SpreadPercentComplete TaskUpdatesResource FiscalYearStart WeekStartDay
MoveCompletedEndsBack MoveRemainingStartsBack MoveRemainingStartsForward
MoveCompletedEndsForward BaselineForEarnedValue AutoAddNewResourcesAndTasks StatusDate
CurrentDate MicrosoftProjectServerURL Autolink NewTaskStartDate NewTasksAreManual
DefaultTaskEVMethod ProjectExternallyEdited ExtendedCreationDate ActualsInSync
RemoveFileProperties AdminProject UpdateManuallyScheduledTasksWhenEditingLinks
KeepTaskOnNearestWorkingTimeWhenMadeAutoScheduled Views Filters Groups Tables Maps Reports
Drawings DataLinks VBAProjects OutlineCodes WBSMasks ExtendedAttributes Calendars Tasks
Resources Assignments""")

TASK = _tags("""
UID GUID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber
OutlineLevel Priority Start Finish Duration ManualStart ManualFinish ManualDuration
DurationFormat Work Stop Resume ResumeValid EffortDriven Recurring OverAllocated Estimated
Milestone Summary DisplayAsSummary Critical IsSubproject IsSubprojectReadOnly SubprojectName
ExternalTask ExternalTaskProject EarlyStart EarlyFinish LateStart LateFinish StartVariance
FinishVariance WorkVariance FreeSlack StartSlack FinishSlack TotalSlack FixedCost
FixedCostAccrual PercentComplete PercentWorkComplete Cost OvertimeCost OvertimeWork ActualStart
ActualFinish ActualDuration ActualCost ActualOvertimeCost ActualWork ActualOvertimeWork
RegularWork RemainingDuration RemainingCost RemainingWork RemainingOvertimeCost
RemainingOvertimeWork ACWP CV ConstraintType CalendarUID ConstraintDate Deadline
LevelAssignments LevelingCanSplit LevelingDelay LevelingDelayFormat PreLeveledStart
PreLeveledFinish Hyperlink HyperlinkAddress HyperlinkSubAddress IgnoreResourceCalendar Notes
HideBar Rollup BCWS BCWP PhysicalPercentComplete EarnedValueMethod PredecessorLink
ActualWorkProtected ActualOvertimeWorkProtected ExtendedAttribute Baseline OutlineCode
IsPublished StatusManager CommitmentStart CommitmentFinish CommitmentType
TimephasedData""")

# What is read into columns, computed anew, or (as the days' work) not kept.
TASK_KNOWN = frozenset(
    _tags("""UID ID Name Active Manual Type IsNull OutlineNumber OutlineLevel Start Finish Duration
    ManualStart ManualFinish ManualDuration DurationFormat Work Stop Resume ResumeValid Milestone
    Summary Critical IsSubproject ExternalTask EarlyStart EarlyFinish LateStart LateFinish
    StartVariance FinishVariance WorkVariance FreeSlack StartSlack FinishSlack TotalSlack
    PercentComplete ActualStart ActualFinish ActualDuration RemainingDuration ConstraintType
    CalendarUID ConstraintDate Deadline LevelingDelay LevelingDelayFormat PreLeveledStart
    PreLeveledFinish IgnoreResourceCalendar Notes PredecessorLink ExtendedAttribute Baseline
    TimephasedData""")
)

RESOURCE = _tags("""
UID GUID ID Name Type IsNull Initials Phonetics NTAccount MaterialLabel Code Group
WorkGroup EmailAddress Hyperlink HyperlinkAddress HyperlinkSubAddress MaxUnits PeakUnits
OverAllocated AvailableFrom AvailableTo Start Finish CanLevel AccrueAt Work RegularWork
OvertimeWork ActualWork RemainingWork ActualOvertimeWork RemainingOvertimeWork
PercentWorkComplete StandardRate StandardRateFormat Cost OvertimeRate OvertimeRateFormat
OvertimeCost CostPerUse ActualCost ActualOvertimeCost RemainingCost RemainingOvertimeCost
WorkVariance CostVariance SV CV ACWP CalendarUID Notes BCWS BCWP IsGeneric IsInactive
IsEnterprise BookingType ActualWorkProtected ActualOvertimeWorkProtected ActiveDirectoryGUID
CreationDate ExtendedAttribute Baseline OutlineCode IsCostResource AssnOwner AssnOwnerGuid
IsBudget AvailabilityPeriods Rates TimephasedData""")
RESOURCE_KNOWN = frozenset(
    _tags("UID ID Name Type IsNull MaxUnits IsCostResource CalendarUID TimephasedData")
)

ASSIGNMENT = _tags("""
UID GUID TaskUID ResourceUID PercentWorkComplete ActualCost ActualFinish
ActualOvertimeCost ActualOvertimeWork ActualStart ActualWork ACWP Confirmed Cost CostRateTable
RateScale CostVariance CV Delay Finish FinishVariance Hyperlink HyperlinkAddress
HyperlinkSubAddress WorkVariance HasFixedRateUnits FixedMaterial LevelingDelay
LevelingDelayFormat LinkedFields Milestone Notes Overallocated OvertimeCost OvertimeWork
PeakUnits RegularWork RemainingCost RemainingOvertimeCost RemainingOvertimeWork RemainingWork
ResponsePending Start Stop Resume StartVariance Summary SV Units UpdateNeeded VAC Work
WorkContour BCWS BCWP BookingType ActualWorkProtected ActualOvertimeWorkProtected CreationDate
AssnOwner AssnOwnerGuid BudgetCost BudgetWork ExtendedAttribute Baseline
TimephasedData""")
ASSIGNMENT_KNOWN = frozenset(
    _tags("UID TaskUID ResourceUID Units Work Start Finish TimephasedData")
)

PROJECT_KNOWN = frozenset(
    _tags("""SaveVersion Name ScheduleFromStart StartDate FinishDate CriticalSlackLimit CalendarUID
    MinutesPerDay HonorConstraints StatusDate Calendars Tasks Resources Assignments""")
)
