"""A company of a few rows in every table, as files; tests break it one cell at a time."""

from ipd.kernel.tables.files import Folder

TABLES = {
    "sites": """code,name,country,timezone
ZRH,Zürich,CH,Europe/Zurich
XIY,西安,CN,Asia/Shanghai
""",
    "functions": """code,name
PM,Project management
FIN,Finance
SE,System engineering
""",
    "people": """code,name,email,function,site,job_title,administrator
A1,Ada Ng,ada@firm.example,PM,ZRH,Team leader,no
B1,Bo Li,bo@firm.example,FIN,XIY,Board member,no
C1,Cy Roy,cy@firm.example,SE,ZRH,,no
D1,Di Fox,di@firm.example,PM,,Chair,yes
""",
    "function_heads": """function,person
FIN,B1
""",
    "product_lines": """code,name
PWR,Power
""",
    "teams": """code,name,kind,line
IPMT-PWR,Board power,IPMT,PWR
TRP-PWR,Panel power,TRP,PWR
PDT-1,Team one,PDT,PWR
""",
    "products": (
        "code,name,line,class,process,phase,phase_since,status,team,confidential,ga_on,summary\n"
        "Q1,Quartz,PWR,new product,IPD,PLAN,2026-06-01,active,PDT-1,no,2027-05-01,"
        '"A cell, with a comma"\n'
    ),
    "seats": """team,role,function,person,deputy,allocation,starts_on,ends_on
PDT-1,LPDT,PM,A1,C1,100,2026-01-05,
PDT-1,SE,SE,C1,,50,2026-01-05,
PDT-1,FIN,FIN,,,20,2026-01-05,
IPMT-PWR,CHAIR,PM,D1,,0,2025-01-06,
IPMT-PWR,MEMBER,FIN,B1,,0,2025-01-06,
""",
    "grants": """product,person,reason,until
Q1,B1,Checks overlap,2027-01-31
""",
    "movements": """product,on,kind,amount,currency,phase,reference,entered_by
Q1,2026-06-01,initial,250000.50,EUR,PLAN,CDCP 1,B1
""",
    "tailoring": """product,gate,kind,into,label,reason,approver,approved_on
Q1,TR3,merged,TR2,TR2+3,Small product with known architecture,D1,2026-02-02
""",
    "reviews": (
        "product,gate,attempt,baseline,planned,held,outcome,decided_by,rationale,"
        "override_rationale,reason_code,next_on\n"
        "Q1,CHARTER,1,2026-02-02,,2026-02-02,GO,D1,Worth a team,,,2026-05-28\n"
        "Q1,CDCP,1,2026-05-28,,2026-05-28,REDIRECT,D1,Costs unclear,,BUSINESS_CASE,2026-06-11\n"
        "Q1,CDCP,2,2026-06-11,,2026-06-11,GO_COND,D1,Clear now,,,2026-12-03\n"
        "Q1,TR2+3,1,2026-09-01,,2026-09-03,PASS_RISK,C1,Margins close,,,\n"
        "Q1,PDCP,1,2026-12-03,2026-12-10,,,,,,,\n"
    ),
    "assessments": """product,gate,attempt,criterion,state,comment,owner,assessed_by,assessed_on
Q1,PDCP,1,PD-01,met,Signed forecast,A1,A1,2026-11-12
Q1,PDCP,1,PD-03,no_data,,,,
""",
    "evidence": """product,gate,attempt,criterion,title,link,added_by,added_on
Q1,PDCP,1,PD-01,Forecast,https://docs.firm.example/forecast,A1,2026-11-10
""",
    "votes": """product,gate,attempt,round,voter,outcome,reason
Q1,CDCP,2,1,B1,GO_COND,
Q1,CDCP,2,1,D1,,I know the supplier
""",
    "scores": """product,gate,attempt,round,voter,criterion,score
Q1,CDCP,2,1,B1,CD-01,7
""",
    "dissents": """product,gate,attempt,person,reason
Q1,CDCP,2,B1,The range is too wide
""",
    "conditions": (
        "product,gate,attempt,number,text,kind,owner,function,due,original_due,acceptance_test,"
        "verifier,consequence,state,submitted_on,closed_on\n"
        "Q1,CDCP,2,1,Second source,subsequent,A1,PM,2026-10-01,,Named and accepted,B1,"
        "Plan is reopened,verified,2026-09-20,2026-09-22\n"
        "Q1,CDCP,2,2,Noise budget,precedent,C1,SE,2026-11-30,2026-10-30,Report,B1,"
        "No build,open,,\n"
    ),
    "waivers": (
        "product,gate,attempt,criterion,reason,expires,requested_by,signed_by_chair,"
        "signed_by_function,signed_on\n"
        "Q1,CDCP,2,CD-04,Baseline follows in a week,2026-12-31,A1,D1,B1,2026-06-11\n"
    ),
}


def folder(changes: dict[str, str | bytes] | None = None, only=None) -> Folder:
    """The company's files; `changes` replaces or adds some by file name."""
    files = {
        f"{name}.csv": text.encode()
        for name, text in TABLES.items()
        if only is None or name in only
    }
    for name, content in (changes or {}).items():
        files[name] = content.encode() if isinstance(content, str) else content
    return Folder(files)


def broken(table: str, old: str, new: str) -> Folder:
    """The company with one place of one table written differently."""
    text = TABLES[table]
    assert text.count(old) >= 1, f"{old} is not in {table}"
    return folder({f"{table}.csv": text.replace(old, new, 1)})


def with_more(tables: dict[str, str], **changed: tuple[str, str]) -> Folder:
    """The company with more tables; `changed` replaces (old, new) in some of these."""
    tables = dict(tables)
    for name, (old, new) in changed.items():
        assert old in tables[name], f"{old} is not in {name}"
        tables[name] = tables[name].replace(old, new)
    return folder({f"{name}.csv": text for name, text in tables.items()})
