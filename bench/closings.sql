-- MRR of every customer at every month-end, and the movements between them: what all the KPIs of a month rest on.
with events as (
    select customer_id, start_date as day, mrr as change from ledger where start_date <= $as_of
    union all
    select customer_id, end_date, -mrr from ledger where end_date <= $as_of
),
monthly as (
    select customer_id, date_trunc('month', day)::date as month, sum(change) as change from events group by all
),
first_active as (
    select customer_id, min(day) as first_day
    from (select customer_id, day, sum(change) over (partition by customer_id order by day) as mrr
          from (select customer_id, day, sum(change) as change from events group by all))
    where mrr > 0 group by customer_id
),
closings as (
    select customer_id, month, sum(coalesce(change, 0)) over (partition by customer_id order by month) as closing
    from (select customer_id, month::date as month
          from (select distinct customer_id from ledger),
               range((select min(month) from monthly), $as_of::timestamp, interval 1 month) as months(month))
    left join monthly using (customer_id, month)
),
moved as (
    select month, closing, coalesce(first_day < month, false) as was_active,
        coalesce(lag(closing) over (partition by customer_id order by month), 0) as opening
    from closings left join first_active using (customer_id)
)
select strftime(month, '%Y-%m') as month,
    coalesce(sum(closing) filter (opening = 0 and not was_active), 0) as new,
    coalesce(sum(closing) filter (opening = 0 and was_active), 0) as reactivation,
    coalesce(sum(closing - opening) filter (opening > 0 and closing > opening), 0) as expansion,
    coalesce(sum(opening - closing) filter (closing > 0 and closing < opening), 0) as contraction,
    coalesce(sum(opening) filter (opening > 0 and closing = 0), 0) as churn
from moved group by month order by month
