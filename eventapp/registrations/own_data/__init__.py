"""What guests see, correct and delete of what is kept about them."""
