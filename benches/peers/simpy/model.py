"""The exercise as a SimPy model: people and copies of messages are processes, who is free is found by
a dispatcher that looks whenever something changed.

    model.py rows COUNT [SEED]    one line for each run
    model.py time COUNT [SEED]    nanoseconds for a run, and milestones counted
"""

import math
import random
import sys
import time

import simpy

from plan import (ATTACK, DAY, DEPUTY, ENDS, ESCALATES_AFTER, FALSE_ALARMS, FALSE_ALARM_HANDLING,
                  FINISH_WITHIN, HANDLING, HOLDERS, HORIZON, KINDS, LEAD, MAIL, PEOPLE, PHONE,
                  REGISTRARS, SOURCES, TASKS)

KIND_OF = {asset: kind for kind, assets in KINDS.items() for asset in assets}
PHASES = ("identification", "assessment", "response", "resolution")
Z95 = 1.6448536269514727


def between(low_high):
    """A log-normal by its 5th and 95th percentile."""
    low, high = map(math.log, low_high)
    return random.lognormvariate((low + high) / 2, (high - low) / (2 * Z95))


class Message:
    def __init__(self, to, facts, about=(), false_alarm=False):
        self.to, self.facts, self.about, self.false_alarm = to, frozenset(facts), about, false_alarm
        self.state = "unnoticed"
        self.phoned = set()
        # Attention belongs to the message and the person, whatever the channel.
        self.demand = {}


class Piece:
    def __init__(self, task, ordinal, now, before):
        self.task, self.plan, self.ordinal, self.ready_at = task, TASKS[task], ordinal, now
        self.before = before
        self.state, self.told, self.escalated, self.waits = "waiting", False, 0, 0
        self.person = self.role = self.process = None
        self.attempt, self.done, self.left, self.ended, self.wait = 0, 0.0, 0.0, 0, 0


class Exercise:
    def __init__(self):
        self.env = simpy.Environment()
        self.over = self.env.event()
        self.changed = self.env.event()
        self.count = self.entry = 0
        self.on_duty = {p: any(a <= 0 < b for a, b in who.shifts) for p, who in PEOPLE.items()}
        self.busy, self.overtime, self.reading = {}, set(), set()
        self.inbox = {p: [] for p in PEOPLE}
        self.known = {r: {} for r in HOLDERS}
        self.board = set()
        self.pieces, self.of_task, self.messages = [], {t: [] for t in TASKS}, []
        self.again, self.brief = set(), None
        self.claims = {"block": {}, "evict": {}, "harden": {}}
        self.compromised, self.evicted, self.blocked = set(), set(), set()
        self.hit = {step: set() for step in ATTACK}
        self.open = {}
        self.ended_steps = {}
        self.struck = {step: self.env.event() for step in ATTACK}
        self.declared = self.env.event()
        self.marks, self.started, self.taken = set(), set(), set()
        self.scope = False
        self.reached, self.completed, self.first_end = set(), {}, {}
        for process in (self.shifts(), self.attack(), self.false_alarms(), self.caller(),
                        self.manager(), self.news(), self.printer(), self.vendor(),
                        self.dispatcher()):
            self.env.process(process)
        self.stop = self.env.timeout(ENDS)
        self.env.run(until=self.over | self.stop)

    # What everybody may say.

    def note(self):
        self.count += 1

    def stir(self):
        if not self.changed.triggered:
            self.changed.succeed()

    def mark(self, mark):
        if mark not in self.marks:
            self.marks.add(mark)
            self.note()
            self.stir()

    # People.

    def shifts(self):
        turns = sorted((at, p) for p, who in PEOPLE.items() for s in who.shifts for at in s if at > 0)
        while turns:
            at = turns[0][0]
            yield self.env.timeout(at - self.env.now)
            here = [p for when, p in turns if when == at]
            turns = turns[len(here):]
            for person in here:
                self.on_duty[person] = not self.on_duty[person]
            for person in here:
                self.leaves(person)
            self.stir()

    def leaves(self, person):
        piece = self.busy.get(person)
        if self.on_duty[person] or piece is None or person in self.reading:
            return
        if piece.ends - self.env.now <= FINISH_WITHIN:
            self.overtime.add(person)
        else:
            piece.process.interrupt("shift")

    def fatigue(self, person):
        up = self.env.now - max(a for a, _ in PEOPLE[person].shifts if a <= self.env.now) + 60
        return 1.0 if up <= 600 or up > 960 else 1.15 if up <= 840 else 1.35

    def is_free(self, person):
        return person not in self.busy and person not in self.reading

    # Word.

    def send(self, message, again=False):
        self.messages.append(message)
        self.note()
        for person in HOLDERS[message.to]:
            self.env.process(self.copy(message, person, MAIL))
        if again:
            self.env.process(self.escalate(message))
        if message.facts:
            self.mark("observable")

    def notice_delay(self, person, median, left):
        """How long until attention that gathers on shift only is enough; None: never."""
        now = self.env.now
        for start, end in PEOPLE[person].shifts:
            at = max(now, start)
            if end <= now:
                continue
            if at >= HORIZON:
                return None
            if left * median <= end - at:
                return at + left * median - now
            left -= (end - at) / median
        return None

    def copy(self, message, person, median):
        left = message.demand.setdefault(person, random.expovariate(math.log(2)))
        if median == PHONE:
            message.phoned.add(person)
        delay = self.notice_delay(person, median, left)
        if delay is None:
            return
        yield self.env.timeout(delay)
        if message.state != "unnoticed":
            return
        message.state = person
        self.note()
        self.inbox[person].append(message)
        piece = self.busy.get(person)
        if piece is not None and person not in self.reading and person in message.phoned:
            piece.process.interrupt("phone")
            self.read(person, message)
        self.stir()

    def escalate(self, message):
        for people in (HOLDERS[message.to], (DEPUTY[message.to],), HOLDERS[LEAD]):
            yield self.env.timeout(ESCALATES_AFTER)
            if message.state != "unnoticed":
                return
            for person in people:
                self.env.process(self.copy(message, person, PHONE))
            self.note()
        yield self.env.timeout(ESCALATES_AFTER)
        if message.state == "unnoticed":
            self.note()

    def read(self, person, message):
        self.inbox[person].remove(message)
        self.reading.add(person)
        self.note()
        self.env.process(self.handle(person, message))

    def handle(self, person, message):
        yield self.env.timeout(between(FALSE_ALARM_HANDLING) if message.false_alarm else HANDLING)
        self.reading.discard(person)
        message.state = "read"
        self.note()
        piece = self.busy.get(person)
        if piece is not None:
            # Whoever comes back from the phone after the shift may lay the work aside.
            stays = person in self.overtime or self.on_duty[person]
            if not stays and piece.left * self.pace(piece) <= FINISH_WITHIN:
                self.overtime.add(person)
                stays = True
            piece.back.succeed(stays)
        self.tell(person, message.facts, message.to)
        if message.facts:
            self.mark("seen")
        for piece in message.about:
            piece.told = piece.told or piece.state == "waiting"
        self.stir()

    def tell(self, person, facts, acting=None):
        for role in set(PEOPLE[person].roles) | ({acting} if acting else set()):
            self.learn(role, facts)

    def learn(self, role, facts):
        for fact in facts:
            if fact not in self.known[role]:
                self.entry += 1
                self.known[role][fact] = self.entry

    def newest(self):
        """Assets that the board knows of, and by which entry."""
        newest = {}
        for role in self.board:
            for fact, entry in self.known[role].items():
                if fact != "alerted":
                    newest[fact] = max(entry, newest.get(fact, 0))
        return newest

    def withdraw(self):
        for message in self.messages:
            if not message.about or message.state in ("read", "gone"):
                continue
            if any(piece.state == "waiting" for piece in message.about):
                continue
            if message.state != "unnoticed":
                if message not in self.inbox[message.state]:
                    continue
                self.inbox[message.state].remove(message)
            message.state = "gone"
            self.note()

    # The story.

    def inject(self, to, step=None, again=False):
        self.note()
        facts = {"alerted"} | self.hit[step] if step else ()
        self.send(Message(to, facts), again)

    def caller(self):
        yield self.env.timeout(50) & self.struck["enter"]
        self.inject("desk", "enter", again=True)

    def manager(self):
        yield self.declared
        yield self.env.timeout(20)
        self.inject("lead")

    def news(self):
        yield self.struck["servers"]
        yield self.env.timeout(between((10, 60)))
        if "response" in self.completed:
            self.note()
        else:
            self.inject("comms", "servers")

    def printer(self):
        yield self.env.timeout(60)
        self.inject("analyst")

    def vendor(self):
        yield self.env.timeout(300) & self.struck["hop"]
        self.inject("handler", "hop", again=True)

    # The attack.

    def attack(self):
        for name, step in ATTACK.items():
            if step.delay:
                yield self.env.timeout(between(step.delay))
            targets = list(KINDS[step.kind])
            if step.travels:
                free = self.compromised - self.blocked
                targets = [a for a in targets if a not in self.blocked] if free else []
            targets = random.sample(targets, min(step.most, len(targets)))
            sources = self.compromised - self.blocked
            self.open[name] = (set(targets), sources)
            yield self.env.all_of([self.env.process(self.strike(name, a)) for a in targets])
            self.ended_steps[name] = bool(self.hit[name])
            self.stir()
            if not self.hit[name]:
                self.ended_steps.update({later: False for later in ATTACK if later not in self.ended_steps})
                return

    def stopped(self, name, asset):
        from_where = self.open[name][1] | self.compromised
        return ATTACK[name].travels and (asset in self.blocked or not from_where - self.blocked)

    def strike(self, name, asset):
        yield self.env.timeout(between(ATTACK[name].takes))
        stopped = self.stopped(name, asset)
        self.open[name][0].discard(asset)
        self.note()
        if not stopped and random.random() < ATTACK[name].chance:
            self.hit[name].add(asset)
            if ATTACK[name].compromises:
                self.compromised.add(asset)
            if not self.struck[name].triggered:
                self.struck[name].succeed()
            for source in SOURCES:
                self.env.process(self.look(source, name, asset))
        self.stir()

    def look(self, source, name, asset):
        kinds, chance, after, again = SOURCES[source]
        if KIND_OF[asset] not in kinds or random.random() >= chance:
            return
        wait = 60 - self.env.now % 60 if source == "siem" else 0
        yield self.env.timeout(wait + between(after))
        self.note()
        self.mark("observable")
        facts = {"alerted", asset} if ATTACK[name].compromises else {"alerted"}
        self.send(Message("analyst", facts), again)

    def false_alarms(self):
        while True:
            yield self.env.timeout(between(FALSE_ALARMS))
            self.note()
            self.send(Message("analyst", (), false_alarm=True), again=True)

    def can_still_harm(self):
        possible = True
        for name, step in ATTACK.items():
            if name in self.ended_steps:
                possible = self.ended_steps[name]
                continue
            if name in self.open:
                targets = {a for a in self.open[name][0] if not self.stopped(name, a)}
            elif possible and (not step.travels or self.compromised - self.blocked):
                targets = set(KINDS[step.kind]) - (self.blocked if step.travels else set())
            else:
                targets = set()
            if targets - self.compromised:
                return True
            possible = bool(targets)
        return False

    # Work.

    def last_done(self, task):
        return next((p for p in reversed(self.of_task[task]) if p.state in ("done", "flawed")), None)

    def is_due(self, task, newest):
        plan, pieces = TASKS[task], self.of_task[task]
        last = pieces[-1] if pieces else None
        done_with = last is not None and task not in self.again
        if last is not None and last.state in ("waiting", "running"):
            return False
        if done_with and not plan.on_assets():
            return False
        if not all(self.last_done(before) for before in plan.after):
            return False
        if plan.after_any and not any(self.last_done(before) for before in plan.after_any):
            return False
        if not plan.after and not plan.after_any and "alerted" not in self.known[plan.by]:
            return False
        if not plan.on_assets():
            return True
        targets = [entry for a, entry in newest.items() if a not in self.claims[plan.does]]
        return bool(targets) and (not done_with or max(targets) > last.ended)

    def comes_after_repeated(self, task, newest):
        """Whether what is to be done again waits for something before it that is, too."""
        if task not in self.again or not TASKS[task].mends():
            return False
        before = list(TASKS[task].after)
        for other in before:
            pieces = self.of_task[other]
            under_way = len(pieces) > 1 and pieces[-1].state in ("waiting", "running")
            repeated = under_way or (other in self.again and self.is_due(other, newest))
            if repeated and TASKS[other].mends():
                return True
            before.extend(TASKS[other].after)
        return False

    def consider_work(self):
        newest = self.newest()
        fresh = []
        for task in [task for task in TASKS
                     if self.is_due(task, newest) and not self.comes_after_repeated(task, newest)]:
            plan = TASKS[task]
            if plan.delay and self.brief != "over":
                if self.brief is None:
                    self.brief = "running"
                    self.env.process(self.plan_delay(plan.delay))
                continue
            if plan.delay:
                self.brief = None
            self.again.discard(task)
            before = [b for b in plan.after + plan.after_any if self.of_task[b]]
            doers = {self.of_task[b][-1].person for b in before}
            piece = Piece(task, len(self.of_task[task]) + 1, self.env.now, doers)
            self.pieces.append(piece)
            self.of_task[task].append(piece)
            self.note()
            self.env.process(self.waits(piece))
            fresh.append(piece)
        letters = {}
        for piece in fresh:
            done = [self.last_done(b) for b in piece.plan.after + piece.plan.after_any]
            done = [p for p in done if p]
            by = max(done, key=lambda p: p.ended).role if done else piece.plan.by
            if by == piece.plan.by:
                piece.told = True
            else:
                letters.setdefault((by, piece.plan.by), []).append(piece)
        for (by, to), about in letters.items():
            self.send(Message(to, self.known[by], tuple(about)), again=True)

    def plan_delay(self, delay):
        yield self.env.timeout(between(delay))
        self.brief = "over"
        self.stir()

    def waits(self, piece):
        """Work that waits goes to deputies, and then to the lead."""
        piece.wait += 1
        mine, piece.waits = piece.wait, 0
        yield self.env.timeout(ESCALATES_AFTER)
        while piece.state == "waiting" and piece.wait == mine and piece.escalated < 2:
            role = piece.plan.by
            can_start = any(self.candidates(r, piece) for r in self.takers(piece))
            can_come = can_start or any(self.on_duty[p] for p in HOLDERS[role] + (DEPUTY[role],))
            if not can_come:
                piece.escalated = 2
            elif piece.escalated == 0 or not can_start:
                piece.escalated += 1
            self.stir()
            yield self.env.timeout(ESCALATES_AFTER * 2 ** piece.waits)
            piece.waits = min(piece.waits + 1, 8)

    def takers(self, piece):
        own = piece.plan.by
        return (own, LEAD) if piece.escalated >= 2 and own != LEAD else (own,)

    def candidates(self, role, piece):
        there = [p for p in HOLDERS[role] if self.on_duty[p]]
        if (piece.escalated >= 1 or not there) and self.on_duty[DEPUTY[role]]:
            there.append(DEPUTY[role])
        return there

    def taker(self, piece):
        for role in self.takers(piece):
            able = [p for p in self.candidates(role, piece)
                    if self.is_free(p) and (piece.told or p in piece.before)]
            if able:
                who = PEOPLE
                return min(able, key=lambda p: (p not in piece.before, len(who[p].roles),
                                                -who[p].practice(piece.plan.phase), p)), role
        return None

    def dispatcher(self):
        """Whenever an instant has settled: conditions first, then reading, then work."""
        while True:
            self.consider_work()
            self.consider_phases()
            for person, inbox in self.inbox.items():
                if inbox and self.on_duty[person] and self.is_free(person):
                    self.read(person, inbox[0])
            while True:
                waiting = sorted((p for p in self.pieces if p.state == "waiting"),
                                 key=lambda p: (p.plan.urgency(), p.ready_at, p.task, p.ordinal))
                found = next(((p, t) for p in waiting for t in [self.taker(p)] if t), None)
                if found is None:
                    break
                self.start(*found)
            self.consider_phases()
            if not self.changed.triggered:
                yield self.changed
            self.changed = self.env.event()
            # Everything else that is due now comes first.
            yield self.env.timeout(0)

    def start(self, piece, taker):
        piece.person, piece.role = taker
        piece.state = "running"
        self.busy[piece.person] = piece
        self.overtime.discard(piece.person)
        if piece.done == 0:
            self.phase_started(piece.plan.does)
            self.withdraw()
        piece.process = self.env.process(self.work(piece))
        piece.ends = self.env.now + FINISH_WITHIN + 1

    def pace(self, piece):
        practised = PEOPLE[piece.person].practice(piece.plan.phase)
        return (1.3, 1.0, 0.85)[practised] * self.fatigue(piece.person)

    def work(self, piece):
        handover = min(max(piece.done / 10, 5), 30) if piece.done else 0
        if not handover:
            piece.attempt, piece.left = 1, random.triangular(*self.limits(piece))
        self.note()
        while True:
            pace = self.pace(piece)
            begun = self.env.now
            lasts = handover or piece.left * pace
            piece.ends = begun + lasts
            try:
                yield self.env.timeout(lasts)
            except simpy.Interrupt as interrupt:
                if not handover:
                    done = min((self.env.now - begun) / pace, piece.left)
                    piece.done, piece.left = piece.done + done, piece.left - done
                handover = 0
                self.note()
                if interrupt.cause == "phone":
                    piece.back = self.env.event()
                    stays = yield piece.back
                    self.note()
                    if stays:
                        continue
                    self.note()
                self.lay_aside(piece)
                return
            if handover:
                handover = 0
                self.note()
                continue
            outcome = self.outcome(piece)
            self.entry += 1
            self.note()
            if outcome != "redo":
                self.finish(piece, outcome)
                return
            piece.attempt += 1
            piece.left = random.triangular(*self.limits(piece)) / 2
            self.note()

    def limits(self, piece):
        least, likely, most = piece.plan.takes
        return least, most, likely

    def free(self, piece):
        self.busy.pop(piece.person, None)
        self.overtime.discard(piece.person)

    def lay_aside(self, piece):
        piece.state, piece.told, piece.escalated = "waiting", True, 0
        piece.done = max(piece.done, 1e-5)
        self.free(piece)
        self.env.process(self.waits(piece))
        self.stir()

    def outcome(self, piece):
        plan = piece.plan
        nominal = 0.01 if plan.phase in ("identification", "assessment") else 0.001
        likelier = (3, 1, 0.5)[PEOPLE[piece.person].practice(plan.phase)]
        chance = min(nominal * plan.hard * likelier * self.fatigue(piece.person), 0.5)
        unnoticed = math.floor(chance * 10_000 + 1e-9) // 3 / 10_000
        noticed = math.floor(chance * 10_000 + 1e-9) / 10_000 - unnoticed
        roll = random.random()
        if plan.on_assets() and not set(self.newest()) - set(self.claims[plan.does]):
            return "no target"
        if roll < noticed:
            return "redo" if piece.attempt < 3 else "failed"
        flawed = plan.can_be_flawed() and roll < noticed + unnoticed
        return "flawed" if flawed else "done"

    def finish(self, piece, outcome):
        piece.state, piece.ended = outcome, self.entry
        self.free(piece)
        if outcome in ("done", "flawed"):
            self.first_end.setdefault((piece.task, piece.ordinal), self.env.now)
            self.board.add(piece.role)
            self.take(piece, outcome == "done")
            for to in piece.plan.informs:
                if to != piece.role:
                    self.send(Message(to, self.known[piece.role]))
            self.withdraw()
        self.stir()

    def take(self, piece, sound):
        does = piece.plan.does
        if piece.plan.on_assets():
            targets = set(self.newest()) - set(self.claims[does])
            self.claims[does].update({asset: piece.ended for asset in targets})
            if sound and targets:
                self.taken.add(does)
                if does == "block":
                    self.blocked |= targets
                if does == "evict":
                    self.evicted |= targets & self.compromised
                    self.compromised -= targets
            return
        if not sound:
            return
        if does in ("register", "triage") and piece.role in REGISTRARS:
            self.mark("reported")
        if does == "triage":
            self.scope = True
        if does == "declare":
            self.mark("declared")
            if not self.declared.triggered:
                self.declared.succeed()
        if does == "find-cause":
            self.taken.add(does)
        if does == "investigate":
            self.investigate(piece)

    def investigate(self, piece):
        facts = {"alerted"}
        for name, step in ATTACK.items():
            if step.compromises:
                facts |= self.hit[name]
        self.learn(piece.role, facts)
        self.tell(piece.person, facts)
        for other in self.pieces:
            if other.state == "flawed":
                other.state = "failed"
                claims = self.claims.get(other.plan.does, {})
                for asset in [a for a, entry in claims.items() if entry == other.ended]:
                    del claims[asset]
                self.again.add(other.task)
                if other.plan.delay:
                    self.brief = None
        self.scope = True

    # Phases.

    def phase_started(self, does):
        contains = does in ("block", "evict")
        if does in ("triage", "investigate", "declare"):
            # Scope is no beginning of an assessment, but by then it has begun.
            self.started.add("assessment")
        if contains:
            self.started.add("response")
        contained = contains or {"block", "evict"} & self.taken
        if does in ("evict", "harden", "find-cause") and contained:
            self.started.add("resolution")

    def is_complete(self, phase):
        if phase == "identification":
            return "reported" in self.marks
        if phase == "assessment":
            return "declared" in self.marks and self.scope
        if phase == "response":
            return ("declared" in self.marks and not self.compromised - self.blocked - self.evicted
                    and not self.can_still_harm())
        return {"find-cause", "evict", "harden"} <= self.taken and not self.compromised

    def consider_phases(self):
        if "observable" not in self.marks:
            return
        for phase in PHASES:
            if phase in self.completed:
                continue
            if phase not in self.reached:
                begun = phase in self.started
                if phase == "identification":
                    begun = "seen" in self.marks
                if phase == "response":
                    begun = begun or self.is_complete(phase)
                if begun:
                    self.reached.add(phase)
                    self.note()
            if phase in self.reached and self.is_complete(phase):
                self.completed[phase] = self.env.now
                self.note()
        if "resolution" in self.completed and not self.over.triggered:
            self.note()
            self.over.succeed()

    def row(self):
        milliseconds = lambda at: -1 if at is None else round(at * 60_000)
        ends = [milliseconds(self.first_end.get((task, 1))) for task in TASKS]
        phases = [milliseconds(self.completed.get(phase)) for phase in PHASES]
        return ends + phases + [sum(map(len, self.hit.values()))]


def main():
    mode, count = sys.argv[1], int(sys.argv[2])
    random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    if mode == "rows":
        for _ in range(count):
            print(",".join(map(str, Exercise().row())))
        return
    begun, milestones = time.perf_counter_ns(), 0
    for _ in range(count):
        milestones += Exercise().count
    took = (time.perf_counter_ns() - begun) // max(count, 1)
    print(f"simpy {count} runs {took} ns {milestones} counted")


if __name__ == "__main__":
    assert DAY == 1440
    main()
