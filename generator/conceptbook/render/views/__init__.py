"""What stands on each kind of page, as frozen data for the templates."""
