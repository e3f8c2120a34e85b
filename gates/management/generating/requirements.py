"""Requirements by the hundred for each product, and by the ten thousand for one of them.

In each block of a hundred 15 are raw, 7 initial, 3 features, 20 system and 55 allocated ones;
system ones come from the block's initial ones, allocated ones from its system ones.
"""

from gates.management.generating.filling import Fill
from gates.management.generating.people import PRODUCT
from ipd.models import Requirement, RequirementLink, Verification

OF_EACH = 180
# The product whose list is measured has as many as a very large one.
LARGE = 40
LEVEL = """(CASE WHEN i %% 100 < 15 THEN 'RR' WHEN i %% 100 < 22 THEN 'IR'
    WHEN i %% 100 < 25 THEN 'SF' WHEN i %% 100 < 45 THEN 'SR' ELSE 'AR' END)"""
PEOPLE = """(SELECT team_id, array_agg(person_id) AS them FROM teams_seat
    WHERE person_id IS NOT NULL GROUP BY team_id) AS seated ON seated.team_id = p.team_id"""
WORDS = """(ARRAY['Power','Start-up','Alarm','Log','Upgrade','Timing','Cooling','Connector',
    'Counter','Restart','Cost','Access'])"""
# The number at the end of a lower requirement's code, and of the upper one it comes from.
NUMBER = "split_part(lower.code, '-', 3)::int"
ABOVE = f"""split_part(lower.code, '-', 1) || CASE lower.level
    WHEN 'SR' THEN '-IR-' || ({NUMBER} / 100 * 100 + 15 + ({NUMBER} %% 100 - 25) %% 7)
    ELSE '-SR-' || ({NUMBER} / 100 * 100 + 25 + ({NUMBER} %% 100 - 45) %% 20) END"""

STEPS = [
    Fill(
        Requirement,
        f"{PRODUCT} JOIN {PEOPLE} CROSS JOIN LATERAL generate_series(1, "
        f"CASE WHEN p.n = {LARGE} THEN %(requirements)s ELSE {OF_EACH} END) AS i",
        {
            "level": LEVEL,
            "line": "p.line_id",
            "product": "p.id",
            "code": f"p.code || '-' || {LEVEL} || '-' || i",
            "title": f"{WORDS}[1 + i %% 12] || ' of part ' || i %% 977 || ' stays within bounds'",
            "text": "'Generated for measuring, shown on ' || i %% 7 || ' pieces.'",
            "kind": "(ARRAY['functional','performance','cost','service'])[1 + i %% 4]",
            "status": f"CASE {LEVEL} WHEN 'RR' THEN (ARRAY['accepted','accepted','accepted',"
            "'analysing'])[1 + i %% 4] WHEN 'IR' THEN 'committed' "
            "ELSE (ARRAY['draft','baselined','implemented','verified'])[1 + i %% 4] END",
            "owner": f"CASE WHEN {LEVEL} <> 'RR' "
            "THEN seated.them[1 + i %% array_length(seated.them, 1)] END",
            "requester": "seated.them[1 + (i / 7) %% array_length(seated.them, 1)]",
            "customer": "'Customer ' || i %% 40",
            "raised_on": "current_date - (i %% 400)::int",
            "value": "i %% 10",
            "release": "'R' || i %% 6",
            "committed_release": f"CASE WHEN {LEVEL} = 'IR' THEN 'R' || i %% 6 ELSE '' END",
            "target": f"CASE WHEN {LEVEL} = 'IR' THEN 'next_release' ELSE '' END",
            "method": f"CASE WHEN {LEVEL} = 'SR' THEN 'test' ELSE '' END",
            "due_on": f"CASE WHEN {LEVEL} = 'RR' AND i %% 4 = 3 "
            "THEN current_date - (i %% 40)::int + 10 END",
            "upward": f"{LEVEL} = 'SR' OR {LEVEL} = 'AR' AND i %% 50 <> 49",
            "downward": f"{LEVEL} IN ('IR', 'SR')",
            "is_tested": f"{LEVEL} = 'SR' AND i %% 3 = 0",
        },
    ),
    Fill(
        RequirementLink,
        f"ipd_requirement AS lower JOIN ipd_requirement AS upper ON upper.code = {ABOVE} "
        "WHERE lower.level IN ('SR', 'AR') AND lower.upward AND lower.code ~ '^G[0-9]+-'",
        {
            "kind": "'derives'",
            "upper": "upper.id",
            "lower": "lower.id",
            "upper_level": "upper.level",
            "lower_level": "lower.level",
        },
    ),
    Fill(
        Verification,
        "ipd_requirement AS r WHERE r.is_tested AND r.code ~ '^G[0-9]+-'",
        {
            "requirement": "r.id",
            "code": "'TC-' || r.id",
            "title": "'Shown on three pieces'",
            "result": "'passed'",
            "run_on": "current_date - 30",
        },
    ),
]
