"""interim"""
class ClientExchange:
    def __init__(self,a): self.a=a
    A_hex="ab"
