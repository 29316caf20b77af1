"""What people do to reach somebody."""
