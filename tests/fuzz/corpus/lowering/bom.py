import a
	if x:
  y
