"""The messy workbook: the ledger, and the sheets that teams keep beside it, of the same world as the tidy one."""

from collections.abc import Iterable, Sequence
from typing import Any

from sample_data.handwriting import Hand
from sample_data.ledger import Refusal, Written, ledger
from sample_data.vocabulary import INDEX, SATISFACTION, Language, said
from sample_data.workbooks import Sheet
from sample_data.world import World

STEPS = ("kickoff", "setup", "import", "training", "first_report")
FULL_MARKS = ("満点", "full marks")
UNKNOWN = ("不明", "unknown")
EMPTY = "Sheet3"
INDEX_TITLE = ("目次", "Contents")


def said_score(row: Any, hand: Hand) -> object:
    """A score as a number or, for some CSAT answers, in words."""
    if row.kind == "csat" and hand.rng.random() < 0.2:
        return SATISFACTION[row.score][INDEX[hand.language]]
    return hand.number(row.score)


def survey_sheet(world: World, language: Language) -> Written:
    """Answers under a title, with one score that is none."""
    at, hand = INDEX[language], Hand(language, "surveys")
    title = ("アンケート結果", "Survey answers")[at]
    headers = (["顧客番号", "回答日", "種別", "点数", "コメント", "回答者"],
               ["Customer ID", "Answered on", "Survey", "Score", "Comment", "Respondent"])[at]  # fmt: skip
    rows: list[Sequence[object]] = [[title], [], headers]
    for row in world.surveys.itertuples():
        comment = getattr(row, f"comment_{language}")
        rows.append([hand.key(row.customer_id), hand.date(row.answered_on), row.kind.upper(), said_score(row, hand),
                     comment, said("surveys", "respondent", row.respondent, language)])  # fmt: skip
    rows.append([*rows[-1][:3], FULL_MARKS[at], None, None])
    return Written(Sheet(title, rows, 3), (Refusal(title, len(rows), headers[3], FULL_MARKS[at]),))


def usage_sheet(world: World, language: Language) -> Written:
    """Use summed per customer and calendar month, dated by its last day of use, with a total below."""
    at, hand = INDEX[language], Hand(language, "usage")
    use = world.usage.assign(month=[(day.year, day.month) for day in world.usage["date"]])
    monthly = use.groupby(["month", "customer_id"], as_index=False).agg(
        {"date": "max", "count": "sum", "minutes": "sum"}
    )
    headers = (["顧客番号", "最終利用日", "利用回数", "利用時間（分）"],
               ["Customer ID", "Date of last use", "Count", "Minutes"])[at]  # fmt: skip
    rows: list[Sequence[object]] = [headers]
    for row in monthly.itertuples(index=False):
        rows.append([hand.key(row.customer_id), hand.date(row.date), row[3], row.minutes])
    rows.append([("合計", "Total")[at], None, int(monthly["count"].sum()), int(monthly["minutes"].sum())])
    return Written(Sheet(("利用実績", "Usage by month")[at], rows))


def ticket_sheet(world: World, language: Language) -> Written:
    """Tickets alone, with one day that nobody knows any more."""
    at, hand = INDEX[language], Hand(language, "tickets")
    title = ("問合せ", "Tickets")[at]
    headers = (["顧客番号", "受付日", "件名", "優先度", "状態", "対応者"],
               ["Customer ID", "Received on", "Subject", "Priority", "Status", "Handled by"])[at]  # fmt: skip
    kinds = world.interactions
    rows: list[Sequence[object]] = [[("問合せ一覧", "List of tickets")[at]], headers]
    for row in kinds[kinds["kind"] == "ticket"].itertuples():
        words = [said("interactions", field, getattr(row, field), language) for field in ("priority", "status", "by")]
        rows.append([hand.key(row.customer_id), hand.date(row.date), getattr(row, f"note_{language}"), *words])
    rows.append([rows[-1][0], UNKNOWN[at], *rows[-1][2:]])
    return Written(Sheet(title, rows, 2), (Refusal(title, len(rows), headers[1], UNKNOWN[at]),))


def onboarding_sheet(world: World, language: Language) -> Written:
    """One row per customer and one column per step, as onboarding is mostly kept."""
    at, hand = INDEX[language], Hand(language, "onboarding")
    title = ("オンボーディング進捗", "Onboarding progress")[at]
    done = {(r.customer_id, r.milestone): r.completed_on for r in world.milestones.itertuples()}
    steps = [str(said("milestones", "milestone", step, language)) for step in STEPS]
    headers = [("顧客番号", "Customer ID")[at], ("顧客名", "Customer name")[at], *steps,
               ("オンボーディング完了日", "Onboarding completed on")[at]]  # fmt: skip
    rows: list[Sequence[object]] = [[title], [], headers]
    for row in world.customers.itertuples():
        days = [done.get((row.customer_id, step)) for step in STEPS]
        rows.append([hand.key(row.customer_id), hand.company(getattr(row, f"customer_name_{language}")),
                     *(hand.date(day) for day in [*days, row.onboarding_completed_on])])  # fmt: skip
    return Written(Sheet(title, rows, 3))


def leaving_sheet(world: World, language: Language) -> Written:
    """Interviews with leavers."""
    at, hand = INDEX[language], Hand(language, "leaving")
    headers = (["顧客番号", "解約日", "解約理由", "コメント"], ["Customer ID", "Cancelled on", "Reason", "Comment"])[at]
    rows: list[Sequence[object]] = [headers]
    for row in world.cancellations.itertuples():
        reason = said("cancellations", "reason", row.reason, language)
        rows.append(
            [hand.key(row.customer_id), hand.date(row.cancelled_on), reason, getattr(row, f"comment_{language}")]
        )
    return Written(Sheet(("解約ヒアリング", "Exit interviews")[at], rows))


def index_sheet(sheets: Iterable[Written], language: Language) -> Sheet:
    """A list of the sheets, of no use to an import."""
    at = INDEX[language]
    title = INDEX_TITLE[at]
    rows: list[Sequence[object]] = [[title], []]
    rows += [[number, written.sheet.title] for number, written in enumerate(sheets, start=1)]
    rows += [[], [("※架空のサンプルデータです。", "Synthetic sample data.")[at]]]
    return Sheet(title, rows, header_row=0)


def written_sheets(world: World, language: Language) -> list[Written]:
    """The sheets that hold data."""
    makers = (ledger, survey_sheet, usage_sheet, ticket_sheet, onboarding_sheet, leaving_sheet)
    return [maker(world, language) for maker in makers]


def messy_sheets(world: World, language: Language) -> list[Sheet]:
    """The whole messy workbook, with a contents page before and an empty sheet behind."""
    written = written_sheets(world, language)
    return [index_sheet(written, language), *(w.sheet for w in written), Sheet(EMPTY, [], header_row=0)]


def expected_refusals(world: World, language: Language) -> list[Refusal]:
    """Every cell of the messy workbook that an import must refuse."""
    return [refusal for written in written_sheets(world, language) for refusal in written.refusals]
