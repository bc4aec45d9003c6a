"""What never changes in the exercise: people, roles, tasks, steps, sources and injects. Minutes."""

from dataclasses import dataclass, field

START = 13 * 60 + 30
DAY = 24 * 60
ENDS = 4 * DAY
HORIZON = 6 * DAY
ESCALATES_AFTER = 45
FINISH_WITHIN = 30
HANDLING = 3
MAIL, PHONE = 15, 5
LEAD = "lead"
REGISTRARS = ("analyst", "desk", "lead")


@dataclass
class Person:
    hours: tuple
    roles: tuple
    little: tuple = ()
    much: tuple = ()
    shifts: list = field(default_factory=list)

    def __post_init__(self):
        for day in range(-2, 9):
            start = day * DAY - START
            self.shifts.append((start + self.hours[0] * 60, start + self.hours[1] * 60))

    def practice(self, phase):
        return 0 if phase in self.little else 2 if phase in self.much else 1


PEOPLE = {
    "ada": Person((6, 14), ("analyst",)),
    "ben": Person((14, 22), ("analyst",), little=("assessment", "resolution")),
    "cleo": Person((6, 14), ("desk",)),
    "dan": Person((14, 22), ("desk",)),
    "eve": Person((6, 14), ("handler",), much=("response", "resolution")),
    "finn": Person((13, 21), ("handler",), little=("resolution",)),
    "gus": Person((7, 15), ("network",)),
    "hana": Person((8, 16), ("lead",)),
    "ivo": Person((12, 20), ("lead",)),
    "jana": Person((9, 17), ("comms", "desk")),
}
HOLDERS = {
    "analyst": ("ada", "ben"),
    "comms": ("jana",),
    "desk": ("cleo", "dan", "jana"),
    "handler": ("eve", "finn"),
    "lead": ("hana", "ivo"),
    "network": ("gus",),
}
DEPUTY = {
    "analyst": "hana",
    "comms": "hana",
    "desk": "ada",
    "handler": "gus",
    "lead": "ada",
    "network": "eve",
}


@dataclass
class Task:
    phase: str
    by: str
    takes: tuple
    does: str
    hard: int = 1
    after: tuple = ()
    after_any: tuple = ()
    informs: tuple = ()
    delay: tuple = None

    def urgency(self):
        order = ("declare", "response", "assessment", "identification", "resolution")
        return 0 if self.does == "declare" else order.index(self.phase)

    def mends(self):
        return self.phase in ("response", "resolution")

    def on_assets(self):
        return self.does in ("block", "evict", "harden")

    def can_be_flawed(self):
        return self.does not in ("declare", "register", "nothing")


TASKS = {
    "block-paths": Task("response", "network", (10, 30, 90), "block", 2, after=("declare",)),
    "brief-staff": Task("response", "comms", (10, 20, 60), "nothing", after=("declare",),
                        informs=("desk",), delay=(5, 30)),
    "check-backups": Task("response", "handler", (15, 40, 120), "register"),
    "declare": Task("assessment", "lead", (2, 8, 20), "declare", after=("triage",),
                    informs=("handler", "comms")),
    "evict-intruder": Task("resolution", "handler", (30, 90, 180), "evict", 2,
                           after=("block-paths", "investigate")),
    "find-cause": Task("resolution", "analyst", (60, 120, 180), "find-cause", 5,
                       after=("investigate",)),
    "harden-hosts": Task("resolution", "handler", (30, 60, 180), "harden", after=("find-cause",)),
    "investigate": Task("assessment", "analyst", (30, 75, 180), "investigate", 5,
                        after=("declare",), informs=("network",)),
    "log-calls": Task("identification", "desk", (5, 10, 30), "register"),
    "look-again": Task("assessment", "analyst", (30, 60, 120), "investigate",
                       after=("evict-intruder",), informs=("handler", "network")),
    "tell-customers": Task("response", "comms", (20, 45, 120), "nothing",
                           after_any=("block-paths", "investigate")),
    "triage": Task("assessment", "analyst", (5, 15, 40), "triage", 2),
    "watch-traffic": Task("response", "network", (20, 60, 120), "register",
                          after=("block-paths",)),
}

KINDS = {
    "gate": ("a-gate",),
    "desk": tuple(f"b-desk-{n}" for n in range(1, 9)),
    "app": tuple(f"c-app-{n}" for n in range(1, 5)),
    "store": ("d-store-1", "d-store-2"),
}


@dataclass
class Step:
    kind: str
    most: int
    takes: tuple
    chance: float = 1.0
    delay: tuple = None
    travels: bool = True
    compromises: bool = True


ATTACK = {
    "enter": Step("gate", 1, (2, 20), travels=False),
    "hop": Step("desk", 5, (20, 360), chance=0.85),
    "servers": Step("app", 4, (60, 480), chance=0.9, delay=(30, 240)),
    "copy": Step("store", 1, (30, 240), compromises=False),
}
SOURCES = {
    "edr": (("desk", "app"), 0.6, (5, 60), True),
    "siem": (("gate", "desk", "app", "store"), 0.3, (10, 120), False),
}
FALSE_ALARMS = (240, 2880)
FALSE_ALARM_HANDLING = (8, 77)
