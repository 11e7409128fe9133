"""Compute and tell an evaluation of public policy, so that every number can be traced.

What a notebook uses, module by module:

- ``sources.cleaned``: ``load_survey``, ``load_source_table``, ``load_facts``, ``load_quality``
  read what the pipeline cleaned and validated, ``load_dossiers`` all of several metingen;
- ``shares``, ``response``, ``published``: ``share_…``, ``count_…`` and ``compare_…`` compute
  results, each with its counts and origin;
- ``prose``, ``tabulate``, ``figures``: ``tell``, ``tabulate_…`` and ``plot_…`` show results; what
  they show is published and stands in the ledger, ``reports/resultaten.csv``.

The pipeline itself is ``publish``; ``python -m nsoc_lib --help`` lists what can be run.
"""
