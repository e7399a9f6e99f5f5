from django.contrib.auth.hashers import Argon2PasswordHasher


class DeskArgon2(Argon2PasswordHasher):
    """By OWASP's cheat sheet on storing passwords: 19 MiB, two passes, one lane. Django's own 100 MiB would let sixteen
    people who sign in at once take 1.6 GB."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
