/// The effect of each event in each state of a connection: the actions, and the time until the
/// deadline one second after the state was reached.
let connectionStateTable = """
  new
    head: pass, 5 s
    head that waits: sendContinue, pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing, 4 s
    long body: nothing, 4 s
    end: pass, 60 s
    invalid: refuse, 60 s
    input closed: pass, close
    stopping: close
    response head: markClose, pass, 4 s
    response end: pass, 4 s
    response written: nothing, 4 s
    timer: nothing, 4 s
    closed: close
  reading
    head: pass, 5 s
    head that waits: pass, 5 s
    head that waits for too much: pass, 5 s
    body: pass, 4 s
    long body: pass
    end: pass
    invalid: pass
    input closed: pass, 4 s
    stopping: nothing, 4 s
    response head: pass, 4 s
    response end: pass, 4 s
    response written: nothing, 4 s
    timer: nothing, 4 s
    closed: close
  read
    head: pass, 5 s
    head that waits: pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing
    long body: nothing
    end: pass
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  read, old client
    head: pass, 5 s
    head that waits: pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing
    long body: nothing
    end: pass
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: markKeepAlive, pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  read, last
    head: nothing
    head that waits: nothing
    head that waits for too much: nothing
    body: nothing
    long body: nothing
    end: nothing
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: markClose, pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  two read, last
    head: nothing
    head that waits: nothing
    head that waits for too much: nothing
    body: nothing
    long body: nothing
    end: nothing
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  two read
    head: pass, 5 s
    head that waits: pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing
    long body: nothing
    end: pass
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  responding
    head: pass, 5 s
    head that waits: pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing, 59 s
    long body: nothing, 59 s
    end: pass, 59 s
    invalid: nothing, 59 s
    input closed: pass, 59 s
    stopping: nothing, 59 s
    response head: pass, 60 s
    response end: pass, 59 s
    response written: nothing, 59 s
    timer: nothing, 59 s
    closed: close
  writing
    head: pass, 5 s
    head that waits: sendContinue, pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing, 58 s
    long body: nothing, 58 s
    end: pass, 58 s
    invalid: refuse, 60 s
    input closed: pass, 58 s
    stopping: nothing, 58 s
    response head: markClose, pass, 60 s
    response end: pass, 58 s
    response written: nothing, 60 s
    timer: nothing, 58 s
    closed: close
  idle
    head: pass, 5 s
    head that waits: sendContinue, pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing, 59 s
    long body: nothing, 59 s
    end: pass, 60 s
    invalid: refuse, 60 s
    input closed: pass, close
    stopping: close
    response head: markClose, pass, 59 s
    response end: pass, 59 s
    response written: nothing, 59 s
    timer: nothing, 59 s
    closed: close
  answered early
    head: pass, 5 s
    head that waits: sendContinue, pass, 5 s
    head that waits for too much: pass, 5 s
    body: pass, 1 s
    long body: pass, closeOutput, 2 s
    end: pass, 60 s
    invalid: closeOutput, 2 s
    input closed: pass, close
    stopping: nothing, 1 s
    response head: markClose, pass, 1 s
    response end: pass, 1 s
    response written: nothing, 1 s
    timer: nothing, 1 s
    closed: close
  body too long
    head: nothing
    head that waits: nothing
    head that waits for too much: nothing
    body: nothing
    long body: nothing
    end: nothing
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: markClose, pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  body broken
    head: nothing
    head that waits: nothing
    head that waits for too much: nothing
    body: nothing
    long body: nothing
    end: nothing
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: markClose, pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  read, then garbage
    head: nothing
    head that waits: nothing
    head that waits for too much: nothing
    body: nothing
    long body: nothing
    end: nothing
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: markClose, pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  garbage
    head: nothing, 59 s
    head that waits: nothing, 59 s
    head that waits for too much: nothing, 59 s
    body: nothing, 59 s
    long body: nothing, 59 s
    end: nothing, 59 s
    invalid: nothing, 59 s
    input closed: pass, 59 s
    stopping: nothing, 59 s
    response head: markClose, pass, 60 s
    response end: pass, 59 s
    response written: closeOutput, 2 s
    timer: nothing, 59 s
    closed: close
  lingering
    head: nothing, 1 s
    head that waits: nothing, 1 s
    head that waits for too much: nothing, 1 s
    body: nothing, 1 s
    long body: nothing, 1 s
    end: nothing, 1 s
    invalid: nothing, 1 s
    input closed: pass, close
    stopping: nothing, 1 s
    response head: markClose, pass, 1 s
    response end: pass, 1 s
    response written: nothing, 1 s
    timer: nothing, 1 s
    closed: close
  read, input closed
    head: pass, 5 s
    head that waits: pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing
    long body: nothing
    end: pass
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  writing, input closed
    head: pass, 5 s
    head that waits: sendContinue, pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing, 57 s
    long body: nothing, 57 s
    end: pass, 57 s
    invalid: refuse, 60 s
    input closed: pass, 57 s
    stopping: nothing, 57 s
    response head: markClose, pass, 60 s
    response end: pass, 57 s
    response written: close
    timer: nothing, 57 s
    closed: close
  reading, stopping
    head: pass, 5 s
    head that waits: pass, 5 s
    head that waits for too much: pass, 5 s
    body: pass, 3 s
    long body: pass
    end: pass
    invalid: pass
    input closed: pass, 3 s
    stopping: nothing, 3 s
    response head: markClose, pass, 3 s
    response end: pass, 3 s
    response written: nothing, 3 s
    timer: nothing, 3 s
    closed: close
  read, stopping
    head: pass, 5 s
    head that waits: pass, 5 s
    head that waits for too much: pass, 5 s
    body: nothing
    long body: nothing
    end: pass
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: markClose, pass, 60 s
    response end: pass, 60 s
    response written: nothing
    timer: nothing
    closed: close
  writing, stopping
    head: nothing, 57 s
    head that waits: nothing, 57 s
    head that waits for too much: nothing, 57 s
    body: nothing, 57 s
    long body: nothing, 57 s
    end: nothing, 57 s
    invalid: nothing, 57 s
    input closed: pass, 57 s
    stopping: nothing, 57 s
    response head: markClose, pass, 60 s
    response end: pass, 57 s
    response written: closeOutput, 2 s
    timer: nothing, 57 s
    closed: close
  closed
    head: nothing
    head that waits: nothing
    head that waits for too much: nothing
    body: nothing
    long body: nothing
    end: nothing
    invalid: nothing
    input closed: pass
    stopping: nothing
    response head: markClose, pass
    response end: pass
    response written: nothing
    timer: nothing
    closed: nothing
  """
