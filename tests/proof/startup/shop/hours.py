def is_open(hour):
    return 8 <= hour < 18
