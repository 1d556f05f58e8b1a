"""Set-ups of modules as a file, to be shared: kinds, names, pipelines, fields, lists, rules and templates; no cards."""
