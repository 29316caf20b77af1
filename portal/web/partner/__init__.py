"""What somebody who is asked to take a person up sees and says, by link and signed in."""
