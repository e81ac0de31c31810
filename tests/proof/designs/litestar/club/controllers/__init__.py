from .match import MatchController
from .member import MemberController

__all__ = ("MatchController", "MemberController")
