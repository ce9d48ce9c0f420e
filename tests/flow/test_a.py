from tests.projects import run, audited
import time
def test_x():
    t=time.time()
    assert run("await fetch('https://a.test/x')") == {"GET a.test/x": (1,1)}
    print(time.time()-t)
    for i in range(20): run(f"await fetch('https://a.test/x{i}')")
    print((time.time()-t)/21)
