"""Whether the standards for mail allow an address."""


def is_by_the_book(address: str) -> bool:
    """By all rules there are, without asking whether the domain exists."""
    from email_validator import (  # noqa: PLC0415 - 40 ms of patterns, asked when one is typed
        EmailNotValidError,
        validate_email,
    )

    try:
        validate_email(
            address, check_deliverability=False, test_environment=True, allow_smtputf8=False
        )
    except EmailNotValidError:
        return False
    return True
