"""What runs and writes: validation, execution of notebooks, the pipeline, the report."""
