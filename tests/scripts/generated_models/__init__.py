"""The makers of `generated_models.py`: one file for each library, run with an interpreter that has it."""
