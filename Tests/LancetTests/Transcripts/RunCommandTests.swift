// Training from the command line, and what it leaves behind: train, runs, plot.

import Testing

@testable import lancet

@Suite struct RunCommandTests {
  private static let train =
    "lancet train --pairs $/pairs.jsonl --model $/model --out $/run --objective spot-bco "
    + "--lr 0.001 --batch 2 --threads 1"

  @Test func `a run speaks of every update and ends with a summary`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    try shell.write("probe.jsonl", "{\"question\":\"1 + 1\",\"answer\":\"2\",\"suite\":\"sums\"}\n")
    shell.expect(
      #"""
      $ lancet train --pairs $/pairs.jsonl --model $/model --out $/run --objective spot-bco --lr 0.001 --steps 2 --batch 2 --threads 1 --probe $/probe.jsonl --probe-every 2
      ! 6 pairs, 2 updates, 25280 parameters, 1 thread
      ! longest pair 1: 105 tokens, N ms; 672 tokens an epoch (65 % of unshared rows); the run takes about N s; memory N MB
      ! probe sums  0/1  log-loss 5.78  KL 0
      ! update 1  loss 1.38…  r⁺ 0  r⁻ 0  norm 1.75…  lr 0.0  N pairs/s
      ! update 2  loss 1.38…  r⁺ 0  r⁻ 0  norm 1.72  lr 0.00…  N pairs/s
      ! probe sums  0/1  log-loss 5.73…  KL 0.00…
      ! done after 2 updates; the model is in $/run/model
      done after 2 updates
      N pairs/s, N tokens/s, N MB at most
      model in $/run/model
      $ lancet train --pairs $/pairs.jsonl --model $/model --out $/run --objective spot-bco --lr 0.001 --steps 2 --batch 2 --threads 1
      ! lancet: error: there is a run in this folder already ($/run): give --resume to continue it, or another --out
      [73]
      $ lancet train --pairs $/pairs.jsonl --model $/model --out $/other --objective dpo --resume
      ! lancet: error: this is not a run folder: there is no such folder ($/other): give the folder of a run
      [73]
      """#)
  }

  @Test func `with JSON one object an update and the summary last`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    let lines = shell.run(Self.train + " --steps 2 --json")
    let objects = lines.filter { $0.hasPrefix("{") }
    #expect(objects.count == 3)
    #expect(objects.prefix(2).allSatisfy { $0.contains(#""rewards/margins":"#) })
    #expect(objects.last?.hasPrefix(#"{"summary":{"#) == true)
  }

  @Test func `a run whose reader has gone stops with a checkpoint and goes on when resumed`() throws
  {
    let shell = try CommandTest()
    try shell.copyModel()
    shell.outputLimit = 0
    let broken = shell.run(Self.train + " --steps 3 --json")
    #expect(broken.last?.hasPrefix("[") != true)
    shell.outputLimit = .max
    let resumed = shell.run(Self.train + " --steps 3 --json --resume")
    #expect(resumed.filter { $0.hasPrefix("{\"step\"") }.count == 2)
  }

  @Test func `a stopped run ends with 130`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    shell.isInterrupted = true
    shell.patience = 1
    #expect(shell.run(Self.train + " --steps 3").last == "[130]")
  }

  @Test func `a session without pairs cannot be trained on`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    shell.expect(
      #"""
      $ lancet new $/s
      ! made $/s.lancet
      $ lancet train $/s --model $/model --out $/run --objective dpo
      ! lancet: error: there are no pairs to train on (pairs): approve pairs in the workbench first, or give --pairs FILE
      [65]
      $ lancet train $/missing --model $/model --out $/run --objective dpo
      ! lancet: error: no such session ($/missing.lancet): make it with lancet new, or see lancet sessions
      [66]
      """#)
  }

  @Test func `a session's runs are listed and drawn`() throws {
    let shell = try CommandTest()
    try shell.copyModel()
    try shell.makeSession(approve: true)
    shell.expect(
      #"""
      $ lancet runs $/s
      ! no runs yet: start one on the Train screen or with lancet train
      $ lancet runs $/s --json
      $ lancet runs $/missing
      ! lancet: error: no such session ($/missing.lancet): make it with lancet new, or see lancet sessions
      [66]
      """#)
    for (number, objective) in ["0001": "spot-bco", "0002": "dpo"] {
      _ = shell.run(
        "lancet train $/s --model $/model --out $/s.runs/\(number)-\(objective) --steps 2 "
          + "--objective \(objective) --threads 1 --lr 0.001")
    }
    shell.expect(
      #"""
      $ lancet runs $/s
      1  spot-bco  done  2/2  β 0.1  lr 0.00…  $/s.runs/0001-spot-bco
      2  dpo  done  2/2  β 0.1  lr 0.00…  $/s.runs/0002-dpo
      $ lancet plot $/s --run 1 --metric loss rewards/margins --out $/curves.csv
      ! 2 curves in $/curves.csv
      $ lancet plot $/s --run 0001-spot-bco --metric loss --out $/curves.svg --json
      {"run":"0001-spot-bco","metric":"loss","points":2,"out":"$/curves.svg"}
      $ lancet plot $/s --run 7 --metric loss --out $/curves.csv
      ! lancet: error: there is no run 7 ($/s): lancet runs $/s lists them
      [66]
      $ lancet plot $/s --run 1 --metric los --out $/curves.csv
      ! lancet: error: no update has the metric los (metrics.jsonl): known are delta, epoch, grad_norm, learning_rate, logps/chosen, logps/rejected, loss, pairs_per_second, rewards/accuracies, rewards/chosen, rewards/margins, rewards/rejected, step, surgery, tether, tokens, tokens_per_second
      [65]
      $ lancet plot $/s --run 1 --metric loss --out $/no/folder/curves.csv
      ! lancet: error: cannot create: no such file or folder ($/no/folder/curves.csv): check the path
      [73]
      """#)
    #expect(try shell.text("curves.csv").split(separator: "\n").count == 5)
    #expect(try shell.text("curves.svg").hasPrefix("<svg"))
    #expect(shell.run("lancet runs $/s --json").count == 2)
  }
}
