"""The day itself: a few sessions changed in the draft and for everybody at once; door signs."""
