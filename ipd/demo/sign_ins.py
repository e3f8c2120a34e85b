"""Who may be tried out in the demonstration company: one person per role, one password.

Plain text, since the start command prints it before Django is there.
"""

PASSWORD = "norvane-demo-2026"  # noqa: S105 - public, and only set on the demonstration's people

SIGN_INS = (
    ("samuel.okafor@norvane.example", PASSWORD, "secretary of the boards"),
    ("rajesh.menon@norvane.example", PASSWORD, "chair of the optical board"),
    ("henrik.aas@norvane.example", PASSWORD, "member of all boards, finance"),
    ("priya.nair@norvane.example", PASSWORD, "member of all boards, R&D"),
    ("sofia.marin@norvane.example", PASSWORD, "leader of a product team (Fjord, at its PDCP)"),
    ("arjun.pillai@norvane.example", PASSWORD, "core team member, system engineering (Fjord)"),
    ("nurul.aziz@norvane.example", PASSWORD, "leader of technical reviews, optical"),
    ("eva.malmsten@norvane.example", PASSWORD, "quality assurance, organiser of reviews"),
    ("astrid.holmqvist@norvane.example", PASSWORD, "chief executive"),
    ("claire.fontaine@norvane.example", PASSWORD, "new leader on the path to the certificate"),
    ("yvonne.leclerc@norvane.example", PASSWORD, "runs the academy"),
    ("nikhil.rao@norvane.example", PASSWORD, "no seat anywhere: sees no confidential product"),
)
