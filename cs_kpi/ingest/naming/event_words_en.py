"""Words of English headers of what happens with customers, as data for `events_en.py`."""

from __future__ import annotations

JOINED = (
    ("check ins?|checkins?|check up", "checkin"), ("log ?ins?|sign ?ins?|signins?|logons?|log ons?", "login"),
    ("logged in|signed in", "login"), ("kick offs?|kickoffs?", "kickoff"), ("go lives?|golives?", "golive"),
    ("went live", "golive"), ("sign ?offs?|signed off", "signoff"), ("touch points?|touchpoints?|touches",
     "touchpoint"),
    ("follow ups?|followups?", "followup"), ("off ?board(?:ed|ing)", "offboarding"), ("to dos?|todos?", "todo"),
    ("post mortems?", "postmortem"), ("free text|open text|open ended|open end", "freetext"),
    ("time stamps?", "timestamp"), ("user ?names?|usernames?", "username"), ("page ?views?|pageviews?", "pageviews"),
    ("e mails?|emails?|mails?", "email"), ("api calls?|api requests?", "apicalls"), ("end users?", "user"),
    ("non renewals?", "nonrenewal"), ("first value", "firstvalue"), ("date time", "datetime"),
    ("net promoter scores?", "nps"), ("customer satisfaction", "csat"), ("most recent|latest", "last"),
    ("canceled|cancelled|cancelling|canceling|cancellations?", "cancel"), ("churned|churning", "churn"),
    ("gut feeling|gut feel|gut check", "gut"), ("customer success managers?", "csm"), ("calls to api", "apicalls"),
    ("account managers?", "am"))
"""What is written in one word or two, or in many forms, and the one that is compared."""

DAY = "date day time timestamp datetime on at when utc"
ON = "date day on at"
TICKET = "ticket case issue incident request inquiry enquiry query conversation support complaint problem"
MEETING = ("call meeting qbr ebr visit checkin touchpoint touch interaction contact engagement activity demo workshop "
           "training webinar email communication comms sync session conversation appointment")
OPENED = ("opened open created raised reported logged received requested submitted started held contacted "
          "occurred creation happened conducted")
LEAVING = "churn cancel lost loss left leave leaving exit exited departure departed termination terminated attrition " \
          "offboarding quit unsubscribed nonrenewal closing churner"
WHY = "reason reasons cause causes driver drivers"
SAID = "comment comments feedback note notes detail details commentary remarks explanation story verbatim description"
STEPS = "milestone step task onboarding implementation checklist setup launch deployment rollout journey playbook todo"
DONE = "checked completed complete completion done finished finish achieved achieve reached attained signoff met"
CONTRACT_END = "cancellations.cancelled_on subscriptions.end_date"
DAYS = "usage.date surveys.answered_on interactions.date cancellations.cancelled_on pulse.date milestones.completed_on"

RULES = (
    ("usage.date", "usage use activity event login access visit log metric stat stats session",
     f"{ON} timestamp datetime",
     ""),
    ("usage.date", "session event login visit access", "start started begin time", DAY),
    ("usage.date", "last", "login logged sign seen active activity used use usage access accessed visit visited "
     "session",
     f"{DAY} app product platform user"),
    ("usage.date", "week", "start starting starts beginning begin commencing ending ends end of", ON),
    ("usage.date", "used accessed occurred visited login", DAY, "first"),
    ("usage.user_id", "user username login uid actor visitor person learner distinct anonymous seat userkey",
     "id key uuid guid ref reference identifier hash hashed email name no number login username",
     "app internal end unique"),
    ("usage.user_id", "user username", "licensed login seat", "in"),
    ("usage.feature", "feature module event action function page screen view component activity",
     "name key used path title label area group url id", "product"),
    ("usage.feature", "event action feature", "type action", ""),
    ("usage.feature", "product app module feature area", "area functionality used", ""),
    ("usage.count", "event events login sessions session actions action visits visit hits hit clicks click views view "
     "pageviews usage uses use runs run executions execution apicalls activity activities queries query times",
     "count counts number total n cnt no volume times sum", "used per daily weekly monthly"),
    ("usage.count", "events login sessions actions visits hits clicks pageviews uses runs executions apicalls",
     "", "daily weekly monthly user product app"),
    ("usage.minutes", "minutes seconds hours duration", "active used usage spent session sessions total watch watched "
     "engaged engagement time login app average visit in milliseconds ms sec", "avg online duration"),
    ("usage.minutes", "time minutes", "spent active usage used watch app platform site product",
     "in on minutes hours total"),
    ("usage.minutes", "session visit usage", "length duration", "minutes seconds hours"),
    ("usage.minutes", "duration", "minutes seconds hours ms sec milliseconds", "session"),
    ("interactions.date", f"{TICKET} {MEETING} review business", DAY, OPENED),
    ("interactions.date", f"{TICKET} {MEETING} review", OPENED, DAY),
    ("interactions.date", OPENED, DAY, "incident"),
    ("interactions.kind", f"{TICKET} {MEETING} communication", "type kind category channel format method medium mode",
     ""),
    ("interactions.priority", "priority severity urgency", "level ticket case issue incident request rating", TICKET),
    ("interactions.status", f"{TICKET} meeting call resolution", "status state", ""),
    ("interactions.note", f"{TICKET} {MEETING}", "notes note summary minutes subject title topic description agenda "
     "discussion outcome takeaways details recap highlights", "key text"),
    ("interactions.note", "key main discussion", "points takeaways topics notes discussion summary", ""),
    ("interactions.note", "topics topic points", "discussed covered", ""),
    ("interactions.note", "what", "discussed covered", "we was"),
    ("interactions.by", "led hosted host run conducted organised organized logged recorded entered handled held "
     "facilitated presented "
     "assigned made called taken", "by to agent user", "csm name"),
    ("interactions.by", "agent assignee host organizer organiser facilitator presenter handler engineer technician "
     "assigned", "name support agent", "user"),
    ("interactions.by", f"{TICKET} {MEETING}", "owner assignee agent host rep engineer organizer", "name"),
    ("interactions.by", "resolved closed answered", "by", "agent support engineer csm"),
    ("surveys.answered_on", "response responses responded answer answered survey nps csat submission submitted "
     "feedback "
     "rating rated reply replied replies score form", f"{DAY} timestamp taken", "received completed submitted last "
     "responded answered response answer survey"),
    ("surveys.answered_on", "survey response feedback form", "completed submitted received answered returned taken",
     DAY),
    ("surveys.answered_on", "nps csat", "responded answered submitted completed", DAY),
    ("surveys.kind", "survey questionnaire", "type kind name title", ""),
    ("surveys.kind", "metric score", "type name kind", ""),
    ("surveys.score", "nps csat satisfaction recommendation", "score rating response answer value result given level "
     "number", "survey overall client customer last current by"),
    ("surveys.score", "nps csat satisfaction", "", "last current survey overall client customer level"),
    ("surveys.score", "survey overall star score rating stars", "score rating given overall", "out 5 10"),
    ("surveys.score", "likelihood likely ltr", "recommend score ltr", "to"),
    ("surveys.scale", "score rating survey scale", "max maximum scale", ""),
    ("surveys.comment", "nps csat survey score rating respondent answer response", f"{SAID} {WHY} text rationale why",
     "for on written"),
    ("surveys.comment", "freetext verbatim", f"response responses answer {SAID}", "survey"),
    ("surveys.comment", "feedback", "text comment comments", ""),
    ("surveys.comment", "suggestions improvements", "", "for improvement"),
    ("surveys.comment", "written text", "feedback response answer", ""),
    ("surveys.respondent", "respondent responder recipient participant contact", "email name id person address",
     "survey"),
    ("surveys.respondent", "survey", "respondent recipient contact taker", "email name"),
    ("surveys.respondent", "answered submitted completed filled responded", "by", "in out form survey"),
    ("surveys.respondent", "contact", "", "survey person"),
    ("milestones.milestone", "project", "task milestone step", "name"),
    ("milestones.milestone", STEPS + " key adoption", "milestone step task item activity name title description",
     "reached achieved"),
    ("milestones.completed_on", DONE, ON, "milestone step task actual checked off by"),
    ("milestones.completed_on", "milestone step task", DONE, ON),
    ("milestones.completed_on", "milestone step task", "date", ""),
    ("milestones.completed_on", "actual", "date completion finish end", ""),
    ("customers.onboarding_completed_on", "golive", "", f"{DAY} actual first production live since as"),
    ("customers.onboarding_completed_on", "live launch launched", f"{ON} since", "actual as fully"),
    ("customers.onboarding_completed_on", "onboarding implementation", f"{DONE} end ended", DAY),
    ("customers.onboarding_completed_on", "onboarded implemented", "", f"{ON} fully"),
    ("customers.onboarding_completed_on", "fully", "live onboarded", ON),
    *((at, LEAVING, f"{ON} effective", "") for at in CONTRACT_END.split()),
    *((at, "last", "day", "of service subscription contract") for at in CONTRACT_END.split()),
    ("cancellations.reason", LEAVING, f"{WHY} category code why", "primary main for they we them to type key top code "
     "category root have had"),
    ("cancellations.reason", "primary main root key principal top", WHY, ""),
    ("cancellations.reason", "reason", "category code type 1", ""),
    ("cancellations.reason", "why", f"they {LEAVING}", "did we have them customer client"),
    ("cancellations.comment", LEAVING, f"{SAID} interview", "reason reasons customer interview"),
    ("cancellations.comment", "reason reasons", "details detail notes comment comments explanation description", ""),
    ("cancellations.comment", "detailed", "reason explanation", ""),
    ("pulse.value", "csm am relationship account customer client rep", "pulse sentiment gut health rating score "
     "confidence assessment temperature opinion feeling view strength", "our"),
    ("pulse.value", "pulse sentiment gut temperature subjective confidence", "score rating check health level", "csm"),
    ("pulse.date", "pulse sentiment assessment assessed rated reviewed scored review rating", f"{DAY} updated taken",
     "csm last"),
    ("pulse.date", "pulse sentiment", "updated taken", f"{ON} csm"),
    ("pulse.note", "pulse sentiment csm am", f"{SAID} reason rationale why", "for"),
)
"""Place, words of which one is needed, words of which one more is needed, words that may stand beside them."""

IDIOMS = (
    (DAYS, "date; day; datetime; timestamp; time stamp; dt; when"),
    ("usage.date", "log time; timestamp utc; last login; last logged in; w c; week of; week; ts; usage day; wk"),
    ("usage.user_id", "username; uid; user; actor; performed by; learner; user principal name; userprincipalname; "
     "person id; user identifier"),
    ("usage.feature", "page; screen; capability; component; functionality; product area"),
    ("usage.count", "transactions; views; count; cnt; usage; n events; times used; number of uses"),
    ("usage.minutes", "minutes; hours; duration; time in app; time on site; time on platform; session length"),
    ("interactions.date", "opened; raised; reported; logged; received; created; submitted; held; spoke on"),
    ("interactions.kind", "type; format; medium; mode; touchpoint; touch; channel; category; kind; communication "
     "channel"),
    ("interactions.priority", "severity; priority; urgency"),
    ("interactions.note", "csm comment; csm comments; csm notes; issue; problem; question; query; request; key "
     "points; notes from call; mom; takeaways; "
     "topic; topics; discussion; agenda; "
     "highlights; synopsis; recap; outcome; "
     "notes call; minutes of meeting; summary; subject line; main points; points discussed; comments; comment; "
     "remarks; "
     "details; feedback; verbatim"),
    ("interactions.by", "host; presenter; facilitator; organizer; organiser; caller; handler; technician; assigned to; "
     "attended by csm; cs attendee; assignee"),
    ("surveys.answered_on", "date taken; submitted; responded; answered; replied; date completed survey"),
    ("surveys.kind", "questionnaire; metric"),
    ("surveys.score", "stars; ltr; satisfied; likely to recommend; likelihood to recommend; rating out of 5; "
     "overall satisfaction; level of satisfaction"),
    ("surveys.scale", "out of; max score"),
    ("surveys.comment", "comments; comment; remarks; verbatim; notes; note; details; any comments; any other comments; "
     "any other feedback; additional comments; further comments; what could we do better; what could we improve; "
     "how can we improve; what do you like most; open feedback; feedback; freetext; customer comments; client "
     "comments; "
     "customer feedback; client feedback; please tell us why; why did you give this score; score rationale"),
    ("surveys.respondent", "respondent; responder; recipient; contact; contact person; email; your name; your email; "
     "person; name of respondent"),
    ("milestones.milestone", "step; task; milestone; todo; checklist item; onboarding item"),
    ("milestones.completed_on", "actual; completed; done; finished; signoff; achieved; completion"),
    ("customers.onboarding_completed_on", "golive; live as; live as of; launched; onboarded; live date; live since; "
     "onboarding done; "
     "implementation end date"),
    (CONTRACT_END, "closed lost on; closed lost date; churned at; terminated; exited; term date"),
    ("cancellations.reason", "reason; root cause; root causes; why they left; why lost; why churn; why cancel"),
    ("surveys.comment cancellations.reason", "reason given; stated reason"),
    ("cancellations.comment", "csm commentary; csm comments; csm comment; csm notes; what happened; detail; "
     "postmortem; postmortem notes; full story; backstory; story; "
     "explanation; "
     "comments; comment; remarks; details; verbatim; freetext; note; notes; feedback; customer feedback; "
     "client feedback; customer comments; client comments; additional comments; further comments; open feedback"),
    ("pulse.date", "reviewed; assessed; rated; scored"),
    ("surveys.comment pulse.note cancellations.reason", "why"),
    ("pulse.value", "pulse; sentiment; mood; customer mood; vibe; gut; temperature check; confidence score; rating; "
     "relationship; csm health "
     "score"),
    ("pulse.note", "comments; comment; remarks; rationale; notes; note; details; feedback; csm commentary"),
)
"""Places, and headers that say by themselves what stands below them."""

PLANNED = (r"\b(?:target(?:ed)?|planned|plan|expected|due|scheduled|forecast(?:ed)?|estimated|eta|projected|baseline|"
           r"original|revised|proposed|goal|deadline|anticipated|committed|promised|next|upcoming|tentative|agreed)\b")
NEVER = (
    (PLANNED, "completed_on onboarding_completed_on usage.date interactions.date answered_on cancelled_on pulse.date"),
    (r"\bdays? (?:to|since|until|till|late|overdue|open|inactive)\b|\bnumber of (?:days|weeks)\b",
     "completed_on onboarding_completed_on date answered_on cancelled_on"),
    (r"\b(?:why|reason)\b.*\b(?:churn|cancel|left|lost|leav\w+|terminat\w+)\b", "surveys.comment"),
    (r"\b(?:second(?:ary)?|sub|other|discount|downgrade|pause|refund|contact|call)\b", "cancellations.reason"),
    (r"\bwhy\b.*\bpulse\b", "surveys.comment"),
    (r"^your (?:name|email)$", "customer_name"),
    (r"\b(?:effort|ces|enps|employee|health|risk|lead|credit|target|goal|average|trend|change|delta|previous|prior|"
     r"category|bucket|segment|group|type|count|rate|responses|id|date)\b", "surveys.score"),
    (r"\b(?:trend|change|previous|prior|last (?:month|quarter|year)|target)\b", "pulse.value"),
    (r"\b(?:average|target|failed|failures?|limit|quota|trend|change|previous|per (?:user|seat)|goal|budget|location|"
     r"attended|seats)\b", "usage.count"),
    (r"\boffboarding\b", "onboarding_completed_on"), (r"\bid\b|\bno$|\bnumber$", "milestone note"),
    (r"\bcontact id\b", "respondent subscription_id"),
    (r"\b(?:contact|job|account|book|course) title\b", "note"), (r"^(?:customer|account|client) health score$",
     "value"),
    (r"\b(?:event|session|request|conversation) id\b", "feature subscription_id"),
    (r"\b(?:usage|session) time\b", "usage.date"),
)
"""What a header says, and the fields that it then does not name."""
