"""HTTP tools that know no feature: who may call, one transaction, problems, headers."""
