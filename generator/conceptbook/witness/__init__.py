"""Runs witnesses outside a reader's page: in a limited subprocess, in a Chromium."""
