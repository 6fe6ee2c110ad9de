"""The fixed words of the papers, to be translated. Pure."""

from collections.abc import Mapping

from eventapp.foundation.message import Message, message
from eventapp.programme.casting.minutes import StepKind

BRIEFING = {
    "arrive": message("Please be there"),
    "place": message("Place"),
    "day": message("Day"),
    "your_sessions": message("Your sessions"),
    "none": message("Nothing is fixed for you yet."),
    "role": message("Your role"),
    "room": message("Room"),
    "about": message("What it is about"),
    "questions": message("Questions"),
    "people": message("With you"),
    "before": message("In the room before"),
    "after": message("In the room afterwards"),
    "technical": message("What you need on stage"),
    "no_technical": message(
        "We know of nothing. Please tell us on your personal page what you need."
    ),
    "ways": message("How to get there"),
    "contact": message("Your contact on site"),
}
GUIDE = {
    "when": message("When"),
    "room": message("Room"),
    "minutes": message("Minutes"),
    "off": message("This session does not take place."),
    "aim": message("Aim"),
    "questions": message("Leading questions"),
    "plan": message("Minute plan"),
    "no_plan": message("The session has no time yet."),
    "at": message("From"),
    "what": message("What"),
    "sum": message("Together"),
    "people": message("People in podium order"),
    "open": message("Places that are not sure yet"),
    "cards": message("Time cards"),
    "left": message("minutes left"),
    "one_left": message("minute left"),
    "results": message("Result sheet"),
    "statement": message("Key statement"),
    "next": message("Next steps: who does what by when"),
    "open_questions": message("Open questions"),
    "written_by": message("Written by"),
    "present": message("Number of people present"),
}
STEPS = {
    StepKind.WELCOME: message("Welcome, aim and rules"),
    StepKind.INTRODUCTIONS: message("Introducing"),
    StepKind.INPUT: message("Contribution"),
    StepKind.QUESTION: message("Question"),
    StepKind.TALK: message("Discussion"),
    StepKind.AUDIENCE: message("Questions from the audience"),
    StepKind.RESULTS: message("Results in three sentences"),
    StepKind.CLOSING: message("Closing words"),
}


def written(words: Mapping[str, Message]) -> dict[str, str]:
    """The words in the language of the moment."""
    return {key: str(word) for key, word in words.items()}
