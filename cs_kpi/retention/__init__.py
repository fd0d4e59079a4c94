"""How customers stay: cohorts, reasons for leaving, terms that run out, and what churn costs."""
