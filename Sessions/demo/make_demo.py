#!/usr/bin/env python3
"""Makes the two files of the demo session. Same seed, same bytes; needs nothing but Python 3.

    python3 Sessions/demo/make_demo.py

traces.jsonl     traces of an imaginary student with slips of arithmetic, in Lancet's `traces` format. A slip is made at
                 one step and carried on faithfully, as a model does; the arithmetic Oracle can correct these. A few
                 traces are right, a few cannot be graded.
rectified.jsonl  traces whose reasoning is wrong rather than their arithmetic, with a corrected text each, in SPoT's own
                 format, as a chat Oracle would have written it. One of them is wrong on purpose: its correction still
                 misses the known answer, and another changes far more than it had to.

The student is imaginary until Lancet ships a small student model with errors of its own.
"""
import json
import os
import random

SEED = 2603
HERE = os.path.dirname(os.path.abspath(__file__))
rng = random.Random(SEED)
NAMES = ["Mara", "Theo", "Priya", "Jonas", "Amina", "Kenji", "Lucía", "Oskar", "Ngozi", "Elif"]


def slip(value):
    """A plausible wrong value: a digit off, a lost carry, a neighbouring ten."""
    for _ in range(50):
        wrong = value + rng.choice([-100, -10, -9, -2, -1, 1, 2, 9, 10, 100])
        if wrong != value and wrong > 1:
            return wrong
    return value + 1


class Chain:
    """Arithmetic told step by step; one result may slip and is then carried on."""

    def __init__(self, wrong_at=None):
        self.good, self.bad, self.n, self.wrong_at = None, None, 0, wrong_at

    def start(self, value):
        self.good = self.bad = value
        return value

    def apply(self, op, k):
        """Returns (left operand as the student has it, result as the student states it)."""
        f = {"+": lambda x: x + k, "-": lambda x: x - k, "*": lambda x: x * k, "/": lambda x: x // k}[op]
        left = self.bad
        self.good, self.bad = f(self.good), f(self.bad)
        self.n += 1
        if self.n == self.wrong_at:
            self.bad = slip(self.bad)
        return left, self.bad


def marbles(wrong):
    thing = rng.choice(["marbles", "stamps", "shells", "buttons", "postcards"])
    c = Chain(wrong and rng.randint(1, 2))
    v = c.start(rng.randint(40, 95))
    q, lines = f"Start with {v} {thing}.", []
    for word, op, low, high in [("Take away", "-", 11, 30), ("Add", "+", 12, 60), ("Add", "+", 5, 40)]:
        k = rng.randint(low, high)
        q += f" {word} {k}."
        left, right = c.apply(op, k)
        lines.append(f"{left} {op} {k} = {right}.")
    return q + f" How many {thing}?", c.good, "\n".join(lines + [f"Answer: {c.bad}"])


def bakery(wrong):
    name = rng.choice(NAMES)
    c = Chain(wrong and rng.randint(1, 3))
    boxes, per, sold, price = rng.randint(8, 24), rng.choice([6, 8, 12, 15]), rng.randint(10, 40), rng.choice([2, 3, 4])
    q = (f"{name} fills {boxes} boxes with {per} rolls each, gives {sold} rolls to the neighbours and sells the rest "
         f"for ${price} a roll. How much money does {name} make?")
    c.start(boxes)
    l1, a = c.apply("*", per)
    l2, b = c.apply("-", sold)
    l3, d = c.apply("*", price)
    t = (f"There are {l1} * {per} = <<{l1}*{per}={a}>>{a} rolls.\n"
         f"After giving {sold} away, {l2} - {sold} = <<{l2}-{sold}={b}>>{b} rolls are left.\n"
         f"{name} makes {l3} * {price} = $<<{l3}*{price}={d}>>{d}.\nA: {d}")
    return q, c.good, t


def latex(wrong):
    c = Chain(wrong and rng.randint(1, 3))
    a, b, k, m = rng.randint(12, 30), rng.randint(3, 9), rng.randint(15, 60), rng.randint(2, 5)
    q = f"Compute $({a} \\times {b} + {k}) \\cdot {m} - {a}$."
    c.start(a)
    l1, r1 = c.apply("*", b)
    l2, r2 = c.apply("+", k)
    l3, r3 = c.apply("*", m)
    l4, r4 = c.apply("-", a)
    t = (f"Step 1: First the product, ${l1} \\times {b} = {r1}$.\n\n"
         f"Step 2: Then the sum, ${l2} + {k} = {r2}$.\n\n"
         f"Step 3: Multiply by {m}: ${l3} \\cdot {m} = {r3}$.\n\n"
         f"Step 4: Subtract {a}: ${l4} - {a} = {r4}$.\n\n"
         f"Therefore, the final answer is: $\\boxed{{{r4}}}$.")
    return q, c.good, t


def percent(wrong):
    base = rng.choice([80, 120, 160, 240, 300, 360, 450]) * 10
    off = rng.choice([10, 20, 25, 30, 40])
    good_cut = base * off // 100
    cut = slip(good_cut) if wrong else good_cut
    q = f"A bicycle costs ${base:,}. In the sale it is {off}% cheaper. What does it cost now?"
    t = (f"{off}% of ${base:,} is {base} * {off} / 100 = {cut}.\n"
         f"The sale price is {base} - {cut} = {base - cut}.\n"
         f"#### {base - cut:,}")
    return q, base - good_cut, t


def prose(wrong):
    name = rng.choice(NAMES)
    c = Chain(wrong and rng.randint(1, 3))
    rate, hours, days, bonus = rng.randint(14, 29), rng.randint(4, 8), rng.randint(3, 6), rng.randint(35, 90)
    q = (f"{name} earns {rate} euros an hour in a bicycle workshop and works {hours} hours a day for {days} days. At the end "
         f"of the week the owner adds a bonus of {bonus} euros. How many euros does {name} bring home?")
    c.start(rate)
    l1, a = c.apply("*", hours)
    l2, b = c.apply("*", days)
    l3, d = c.apply("+", bonus)
    t = (f"Let me think about what {name} earns on a single day before looking at the whole week, because the bonus is paid only once "
         f"and must not be multiplied by the number of days. One day of {hours} hours brings {l1} * {hours} = {a} euros. "
         f"The week has {days} working days, and since every day is the same, the wages come to {l2} * {days} = {b} euros. "
         f"Finally the bonus has to be added to the wages of the week, which gives {l3} + {bonus} = {d} euros in total. "
         f"So {name} brings home {d} euros, and the final answer is {d}.")
    return q, c.good, t


def chinese(wrong):
    c = Chain(wrong and rng.randint(1, 3))
    rows, per, taken, new = rng.randint(12, 30), rng.randint(8, 20), rng.randint(20, 60), rng.randint(10, 50)
    q = f"果园里有{rows}排苹果树,每排{per}棵。砍掉{taken}棵老树后又种了{new}棵新树。现在一共有多少棵树?"
    c.start(rows)
    l1, a = c.apply("*", per)
    l2, b = c.apply("-", taken)
    l3, d = c.apply("+", new)
    t = (f"第一步:原来一共有 {l1} × {per} = {a} 棵树。\n第二步:砍掉老树后剩下 {l2} - {taken} = {b} 棵。\n"
         f"第三步:再种新树,{l3} + {new} = {d} 棵。\nAnswer: {d}")
    return q, c.good, t


def emoji(wrong):
    c = Chain(wrong and rng.randint(1, 2))
    v, k, m = rng.randint(6, 15), rng.randint(3, 9), rng.randint(11, 33)
    q = f"Each picnic basket 🧺 holds {v} apples 🍎. There are {k} baskets and {m} loose apples. How many apples?"
    c.start(v)
    l1, a = c.apply("*", k)
    l2, b = c.apply("+", m)
    t = f"{l1} × {k} = {a} apples 🍎 in the baskets 🧺\n{l2} + {m} = {b} apples 🍎 with the loose ones\nAnswer: {b}"
    return q, c.good, t


def shared(wrong):
    c = Chain(wrong and rng.randint(1, 3))
    people, each, extra = rng.randint(3, 9), rng.randint(14, 40), rng.randint(2, 9)
    total = people * each
    q = (f"{people} friends share {total} trading cards equally. Then everybody trades {extra} cards for twice as many "
         f"smaller ones. How many cards does each friend have now?")
    c.start(total)
    l1, a = c.apply("/", people)
    l2, b = c.apply("-", extra)
    l3, d = c.apply("+", 2 * extra)
    t = (f"1. Each friend gets {l1} / {people} = {a} cards.\n2. Giving {extra} away leaves {l2} - {extra} = {b} cards.\n"
         f"3. Getting twice as many back, {l3} + {2 * extra} = {d} cards.\n\nThe answer is {d}.")
    return q, c.good, t


FAMILIES = [marbles, bakery, latex, percent, prose, chinese, emoji, shared]
rows = []
for i in range(44):
    wrong = i % 9 != 8
    q, answer, trace = FAMILIES[i % len(FAMILIES)](wrong)
    rows.append(dict(question=q, answer=str(answer), trace=trace, source="student T 0.7"))
rows.append(dict(question="Name an even prime number and say why there is no other.", answer=None,
                 trace="2 is even and prime. Any other even number is divisible by 2, so it is not prime.", source="student T 0.7"))
rows.append(dict(question="A train leaves at 9:40 and arrives at 12:05. How many minutes does the ride take?", answer="145",
                 trace="From 9:40 to 12:00 it is two hours and twenty minutes.\nThen five more minutes.\nI am not sure how to add these", source="student T 0.7"))

RECTIFIED = [
    ("A rectangle is 3 times as long as it is wide and its perimeter is 64 cm. What is its area in square centimetres?", "192",
     "Let the width be w. Then the length is 3w.\nThe perimeter is w + 3w = 4w, so 4w = 64 and w = 16.\nThe length is 3 * 16 = 48.\nThe area is 16 * 48 = 768.\nTherefore, the final answer is: $\\boxed{768}$.",
     "Let the width be w. Then the length is 3w.\nThe perimeter is 2 * (w + 3w) = 8w, so 8w = 64 and w = 8.\nThe length is 3 * 8 = 24.\nThe area is 8 * 24 = 192.\nTherefore, the final answer is: $\\boxed{192}$."),
    ("What is the probability of rolling a sum of 7 with two fair dice?", "1/6",
     "There are 11 possible sums, from 2 to 12.\nOnly one of them is 7.\nSo the probability is 1/11.\nTherefore, the final answer is: $\\boxed{\\frac{1}{11}}$.",
     "There are 6 * 6 = 36 equally likely outcomes.\nSix of them sum to 7: (1,6), (2,5), (3,4), (4,3), (5,2), (6,1).\nSo the probability is 6/36 = 1/6.\nTherefore, the final answer is: $\\boxed{\\frac{1}{6}}$."),
    ("Solve $2x + 9 = 31$ for $x$.", "11",
     "We have $2x + 9 = 31$.\nAdd 9 to both sides: $2x = 40$.\nDivide by 2: $x = 20$.\nTherefore, the final answer is: $\\boxed{20}$.",
     "We have $2x + 9 = 31$.\nSubtract 9 from both sides: $2x = 22$.\nDivide by 2: $x = 11$.\nTherefore, the final answer is: $\\boxed{11}$."),
    ("The sum of two consecutive odd numbers is 96. What is the larger one?", "49",
     "Call the smaller number n, so the larger one is n + 1.\nThen n + n + 1 = 96, which gives 2n = 95 and n = 47.5.\nRounding up, n = 48.\nTherefore, the final answer is: $\\boxed{48}$.",
     "Call the smaller number n, so the larger one is n + 2.\nThen n + n + 2 = 96, which gives 2n = 94 and n = 47.\nThe larger one is 47 + 2 = 49.\nTherefore, the final answer is: $\\boxed{49}$."),
    ("Simplify $\\sqrt{50} + \\sqrt{8}$.", "$7\\sqrt{2}$",
     "$\\sqrt{50} = 5\\sqrt{2}$ and $\\sqrt{8} = 2\\sqrt{2}$.\nAdding under the root, $\\sqrt{50} + \\sqrt{8} = \\sqrt{58}$.\nTherefore, the final answer is: $\\boxed{\\sqrt{58}}$.",
     "$\\sqrt{50} = 5\\sqrt{2}$ and $\\sqrt{8} = 2\\sqrt{2}$.\nAdding like roots, $5\\sqrt{2} + 2\\sqrt{2} = 7\\sqrt{2}$.\nTherefore, the final answer is: $\\boxed{7\\sqrt{2}}$."),
    ("A car drives 60 km at 30 km/h and then 60 km at 60 km/h. What is its average speed in km/h?", "40",
     "The two speeds are 30 and 60.\nThe average of 30 and 60 is (30 + 60) / 2 = 45.\nSo the average speed is 45 km/h.\nTherefore, the final answer is: $\\boxed{45}$.",
     "The first part takes 60 / 30 = 2 hours and the second part takes 60 / 60 = 1 hour.\nThe whole way is 120 km in 3 hours.\nSo the average speed is 120 / 3 = 40 km/h.\nTherefore, the final answer is: $\\boxed{40}$."),
    ("How many diagonals does a convex octagon have?", "20",
     "Each of the 8 corners is joined to 5 others by a diagonal.\nThat makes 8 * 5 = 40 diagonals.\nTherefore, the final answer is: $\\boxed{40}$.",
     "Each of the 8 corners is joined to 5 others by a diagonal.\nThat counts every diagonal twice, so there are 8 * 5 / 2 = 20 diagonals.\nTherefore, the final answer is: $\\boxed{20}$."),
    ("A shirt costs $40. Its price is raised by 10% and then lowered by 10%. What does it cost in dollars?", "39.60",
     "Raising by 10% and lowering by 10% cancel each other.\nSo the price stays at $40.\nTherefore, the final answer is: $\\boxed{40}$.",
     "After raising, the price is 40 * 1.1 = 44 dollars.\nLowering by 10% takes 4.40 dollars away, so the price is 44 - 4.40 = 39.60 dollars.\nTherefore, the final answer is: $\\boxed{39.60}$."),
    # The Oracle's own mistake: it still misses the known answer.
    ("What is the sum of the whole numbers from 1 to 20?", "210",
     "There are 20 numbers and their average is 10.\nSo the sum is 20 * 10 = 200.\nTherefore, the final answer is: $\\boxed{200}$.",
     "There are 20 numbers and their average is 11.\nSo the sum is 20 * 11 = 220.\nTherefore, the final answer is: $\\boxed{220}$."),
    # Right, but rewritten from scratch: far over the usual limit for the change ratio.
    ("A tank holds 240 litres. A pipe fills 16 litres a minute and a leak loses 4 litres a minute. How many minutes until it is full?", "20",
     "The pipe fills 16 litres a minute.\nSo it takes 240 / 16 = 15 minutes.\nTherefore, the final answer is: $\\boxed{15}$.",
     "To find the time, note first that water comes in and goes out at once. Per minute the gain is only the difference of both flows, namely 12 litres. Dividing the volume by that gain, we see that twenty minutes pass before the tank is full.\n\nTherefore, the final answer is: $\\boxed{20}$."),
    ("Eine Klasse hat 28 Kinder. Drei Viertel davon fahren mit dem Bus. Wie viele Kinder fahren nicht mit dem Bus?", "7",
     "Drei Viertel von 28 sind 28 * 3 / 4 = 21.\nAlso fahren 21 Kinder nicht mit dem Bus.\nAntwort: 21\nA: 21",
     "Drei Viertel von 28 sind 28 * 3 / 4 = 21.\nAlso fahren 28 - 21 = 7 Kinder nicht mit dem Bus.\nAntwort: 7\nA: 7"),
    ("What is $\\frac{2}{3} + \\frac{1}{4}$?", "\\frac{11}{12}",
     "Add the numerators and the denominators: $\\frac{2}{3} + \\frac{1}{4} = \\frac{3}{7}$.\nTherefore, the final answer is: $\\boxed{\\frac{3}{7}}$.",
     "Bring both to twelfths: $\\frac{2}{3} + \\frac{1}{4} = \\frac{8}{12} + \\frac{3}{12} = \\frac{11}{12}$.\nTherefore, the final answer is: $\\boxed{\\frac{11}{12}}$."),
    ("A snail climbs 3 m up a 10 m wall each day and slips 2 m back each night. On which day does it reach the top?", "8",
     "Each day and night the snail gains 3 - 2 = 1 metre.\nThe wall is 10 metres high, so it takes 10 / 1 = 10 days.\nTherefore, the final answer is: $\\boxed{10}$.",
     "Each day and night the snail gains 3 - 2 = 1 metre.\nAfter 7 nights it is at 7 metres, and on the next day it climbs 7 + 3 = 10 metres and is at the top, so it takes 7 + 1 = 8 days.\nTherefore, the final answer is: $\\boxed{8}$."),
    ("Two numbers have the sum 17 and the product 60. What is the larger one?", "12",
     "We look for x and y with x + y = 17 and x * y = 60.\nTrying pairs of factors of 60: 6 * 10 = 60 and 6 + 10 = 16, which is nearly 17.\nSo the larger one is 10.\nTherefore, the final answer is: $\\boxed{10}$.",
     "We look for x and y with x + y = 17 and x * y = 60.\nTrying pairs of factors of 60: 5 * 12 = 60 and 5 + 12 = 17, which fits.\nSo the larger one is 12.\nTherefore, the final answer is: $\\boxed{12}$."),
]


def write(name, items):
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as f:
        for item in items:
            f.write(json.dumps(item, ensure_ascii=False) + "\n")


write("traces.jsonl", rows)
write("rectified.jsonl", [dict(index=str(i), question=q, ground_truth=a, original_answer=bad, gemini_corrected_answer=good, data_source="demo")
                          for i, (q, a, bad, good) in enumerate(RECTIFIED)])
print(len(rows), "traces,", len(RECTIFIED), "with a correction")
