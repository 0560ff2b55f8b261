"""What more can be said of a mistake once its text is read again: the value at fault, its cause, the code to write."""
