"""What contributors say and hand in on their own page, and what organisers see of it.

Who contributes where, and whether they agreed, belongs to `programme`: this slice asks and tells
it. Here are the page behind the link `/s/…`, portraits and slides, travel and technical needs, diet
with its consent, what somebody has seen of their sessions, and what is still missing.
"""
