"""What every folder needs: refusals and their problems, names as people write them, and files
written the same way each time.
"""
