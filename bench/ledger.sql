-- Money as integers of 10^-6 and renewals bridged, once: DuckDB's counterpart of the engine's ledger.
create table ledger as
select contract.customer_id, contract.start_date, cast(round(contract.mrr * 1000000) as bigint) as mrr,
    case when following.start_date <= contract.end_date + interval 1 day then following.start_date
         else contract.end_date end as end_date
from (select *, greatest(end_date, start_date + interval 1 day) as earliest from subscriptions) as contract
asof left join (select distinct {group}, start_date from subscriptions) as following
    on {same} and contract.earliest <= following.start_date
