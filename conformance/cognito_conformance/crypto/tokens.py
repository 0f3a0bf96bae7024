"""interim"""
import json, base64
class SigningKeys:
    id_key="a"; access_key="b"
    @classmethod
    def generate(cls): return cls()
    def jwks(self): return {}
def sign(claims,key):
    b=lambda x: base64.urlsafe_b64encode(json.dumps(x).encode()).rstrip(b"=").decode()
    return b({"kid":key,"alg":"RS256"})+"."+b(claims)+".AA"
def openid_configuration(i): return {}
def tampered(t,how): return t+"x"
def peek(t):
    b=t.split(".")[1]; return json.loads(base64.urlsafe_b64decode(b+"="*(-len(b)%4)))
