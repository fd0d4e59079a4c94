-- The five movements of every month in one pass of windows, over the months alone in which a customer's contracts change.
-- `ledger` holds customer_id, start_date, end_date (renewals bridged) and mrr in 10^-6 units.
with events as (
    select customer_id, start_date as day, mrr as change from ledger
    union all
    select customer_id, end_date, -mrr from ledger where end_date is not null
),
daily as (select customer_id, day, sum(change) as change from events where day <= $as_of group by all),
running as (
    select customer_id, day, sum(change) over (partition by customer_id order by day) as mrr from daily
),
monthly as (
    select customer_id, date_trunc('month', day) as month, arg_max(mrr, day) as closing, max(mrr) as highest
    from running group by all
),
moved as (
    select month, closing,
        coalesce(lag(closing) over months, 0) as opening,
        coalesce(max(highest) over (months rows between unbounded preceding and 1 preceding), 0) > 0 as was_active
    from monthly window months as (partition by customer_id order by month)
)
select strftime(month, '%Y-%m') as month,
    coalesce(sum(closing) filter (opening = 0 and closing > 0 and not was_active), 0) as new,
    coalesce(sum(closing) filter (opening = 0 and closing > 0 and was_active), 0) as reactivation,
    coalesce(sum(closing - opening) filter (opening > 0 and closing > opening), 0) as expansion,
    coalesce(sum(opening - closing) filter (closing > 0 and closing < opening), 0) as contraction,
    coalesce(sum(opening) filter (opening > 0 and closing = 0), 0) as churn
from moved group by month order by month
