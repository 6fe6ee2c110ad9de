import sys,time
sys.path.insert(0,'/work/main/tests'); sys.path.insert(0,'/work/main/tests/trust')
from world import *
from test_search import NAMES
def test_x(app, sign_in):
    world=make_world()
    b=sign_in(app.test_client(), world.accounts["organiser"])
    q=dict.fromkeys(NAMES,"ä"*3000)
    out=[]
    for p in pages(app,world):
        if "GET" in p.methods:
            t=time.perf_counter(); b.get(p.path,query_string=q,buffered=True); out.append((time.perf_counter()-t,p.endpoint))
    print(sorted(out)[-8:])
    import cProfile,pstats
    p=[p for p in pages(app,world) if p.endpoint==sorted(out)[-1][1]][0]
    pr=cProfile.Profile(); pr.enable(); b.get(p.path,query_string=q,buffered=True); pr.disable()
    pstats.Stats(pr).sort_stats('cumtime').print_stats(25)
