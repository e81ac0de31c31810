class A[T](Base, metaclass=M):
    x: Mapped["B"] = relationship(back_populates="a")
    def __init__(self, session: "Session") -> None:
        self._session: Session = session
    @property
    def y(self): return self.x.y[0].z
    def m(self):
        match self:
            case A(x=1) | [_, *rest] if rest: pass
            case {"k": v, **r}: yield v
        try:
            raise E from None
        except* (E, F) as e:
            del e
        finally:
            global g
type P = A | None
