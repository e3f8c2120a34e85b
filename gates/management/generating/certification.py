"""Certificates of those who have walked the path, and of the leads whom it found leading."""

from gates.management.generating.filling import Fill
from teams.models import Certificate

MONTHS = "interval '24 months' - interval '1 day'"
NUMBER = "'LPDT-1-G' || lpad(row_number() OVER (ORDER BY e.id)::text, 7, '0')"
LEADS = """(SELECT DISTINCT ON (s.person_id) s.person_id FROM teams_seat AS s
    JOIN teams_role AS r ON r.id = s.role_id AND r.code = 'LPDT'
    JOIN teams_person AS p ON p.id = s.person_id AND p.code ~ '^G[0-9]{6}$'
    WHERE NOT EXISTS (SELECT FROM teams_certificate WHERE person_id = s.person_id)) AS lead"""

STEPS = [
    Fill(
        Certificate,
        "teams_enrolment AS e JOIN teams_person AS p ON p.id = e.person_id "
        "AND p.code ~ '^G[0-9]{6}$' WHERE e.state = 'certified'",
        {
            "person": "e.person_id",
            "path": "'LPDT-1'",
            "number": NUMBER,
            "issued_on": "e.ended_on",
            "valid_until": f"(e.ended_on + {MONTHS})::date",
            "basis": "'interview'",
        },
    ),
    Fill(
        Certificate,
        LEADS,
        {
            "person": "lead.person_id",
            "path": "'LPDT-1'",
            "number": "'LPDT-1-L' || lpad(lead.person_id::text, 9, '0')",
            "issued_on": "current_date - 200",
            "valid_until": f"(current_date - 200 + {MONTHS})::date",
            "basis": "'experience'",
        },
    ),
]
