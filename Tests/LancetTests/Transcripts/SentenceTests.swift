// Every sentence of an error that a transcript cannot reach, or not simply: what, where, what to do, and the exit status.

import LancetCore
import LancetModel
import LancetStore
import LancetTerminal
import LancetTrainer
import Testing

@testable import lancet

@Suite struct SentenceTests {
  @Test func `of the session file`() {
    CommandTest.expect(
      [
        StoreError.newerSchema(path: "s.lancet", found: 9, known: 1),
        StoreError.locked(path: "s.lancet", holder: LockHolder(pid: nil, since: nil)),
        StoreError.damaged(path: "s.lancet", detail: "a page is lost", backups: 3),
        StoreError.earlierSchema(path: "s.lancet", found: 3, known: 4),
        StoreError.readOnly(path: "s.lancet", reason: .asked),
        StoreError.readOnly(path: "s.lancet", reason: .permissions),
        StoreError.readOnly(path: "s.lancet", reason: .hardLinked(2)),
        StoreError.notSaved(path: "s.lancet", reason: "the disk is full", diskFull: true),
        StoreError.notSaved(path: "s.lancet", reason: "a write failed", diskFull: false),
        StoreError.replaced(path: "s.lancet", kept: nil),
        StoreError.cannotRead(path: "s.lancet", reason: "Input/output error"),
        StoreError.refusedApproval(trace: TraceID(rawValue: 1), reasons: ["one", "two"]),
        StoreError.backupFailed(path: "s.lancet", reason: "it is damaged"),
        StoreError.refusedInput(path: "f", .danglingLink),
        StoreError.refusedInput(path: "f", .fifo),
        StoreError.refusedInput(path: "f", .socket),
        StoreError.refusedInput(path: "f", .device),
        StoreError.refusedInput(path: "f", .unreadable("Permission denied")),
      ],
      #"""
      [65] session made by a newer Lancet (schema 9, this one knows 1) (s.lancet): use the newer Lancet; the file was not touched
      [75] the session is open in another process (s.lancet): close it there, or read it with show and export
      [65] the session file is damaged: a page is lost (s.lancet): lancet restore shows its backups (3) and puts one back; the damaged file is kept
      [73] session made by an earlier Lancet (schema 3, this one reads 4), and it cannot be written (s.lancet): copy it to a place where you may write; there it is brought to this version, with a backup
      [73] nothing can be written, opened for reading (s.lancet): copy it to a place where you may write
      [73] nothing can be written, the file, its folder or the file system is read-only (s.lancet): copy it to a place where you may write
      [73] nothing can be written, the file has 2 names (hard links) (s.lancet): copy it to a file of its own and open that
      [74] not saved: the disk is full (s.lancet): free some space and repeat; what was saved before is safe
      [74] not saved: a write failed (s.lancet): repeat; what was saved before is safe
      [74] the session file was deleted, moved, replaced or changed while it was open (s.lancet): nothing more is written to it; lancet restore shows its backups and puts one back
      [74] cannot read: Input/output error (s.lancet): check the file and its permissions
      [1] not approved: one; two (trace 1): decide more hunks, or override with a reason in the workbench
      [74] the backup was not kept: it is damaged (s.lancet): the older backups are untouched
      [66] a link to a file that is not there (f): check the path
      [65] a named pipe, not a file (f): name a regular file of JSON Lines
      [65] a socket, not a file (f): name a regular file of JSON Lines
      [65] a device, not a file (f): name a regular file of JSON Lines
      [65] cannot be read: Permission denied (f): name a regular file of JSON Lines
      """#)
  }

  @Test func `of a run`() {
    CommandTest.expect(
      [
        TrainerError.badPairs(count: 2, first: ["pair 1: empty", "pair 2: empty"]),
        TrainerError.noEndToken(model: "model"),
        TrainerError.folderLocked(path: "run", holder: "process 4711"),
        TrainerError.noCheckpoint(path: "run/checkpoints"),
        TrainerError.changed(path: "run", differences: ["beta was 0.1, is 0.2"]),
        TrainerError.nonFinite(
          update: 7, learningRate: 0.5, pairs: [1, 2], tensor: "model.norm.weight"),
        TrainerError.diverged(update: 7, loss: 90, median: 1.4),
      ],
      #"""
      [65] 2 pairs cannot be trained on: pair 1: empty; pair 2: empty (pairs): correct or un-approve them; --max-length N cuts long questions
      [65] the model names no end-of-sequence token (model): add eos_token_id to config.json
      [75] another run works in this folder (process 4711) (run): wait for it, or give another --out
      [66] there is no valid checkpoint to resume from (run/checkpoints): start the run again without --resume in a new folder
      [65] the run was started with something else: beta was 0.1, is 0.2 (run): start a new run, or give --force and accept that it is not bit-exact
      [65] a number of model.norm.weight is not finite; the step was not taken at update 7, learning rate 0.5, pairs 1, 2 (training): look at these pairs, lower --lr, and give --resume to continue from the last checkpoint
      [65] the loss stayed over ten times its median for 20 updates (now 90.0, median 1.4) at update 7 (training): lower --lr or raise --warmup; --resume continues from the checkpoint
      """#)
  }

  @Test func `of a model folder`() {
    CommandTest.expect(
      [
        ModelError.notRegularFile(path: "model/config.json"),
        ModelError.tooLarge(path: "model/config.json", bytes: 100, limit: 10),
        ModelError.badJSON(path: "model/config.json", reason: "an array"),
        ModelError.badConfig(field: "hidden_size", reason: "is missing"),
        ModelError.unsupported(feature: "model_type", found: "gpt2", supported: "qwen3 or llama"),
        ModelError.badSafetensors(path: "m.safetensors", tensor: nil, reason: "the file is cut"),
        ModelError.badSafetensors(path: "m.safetensors", tensor: "w", reason: "has no shape"),
        ModelError.pickleOnly(path: "model"),
        ModelError.wrongTensors(path: "model", count: 2, first: ["w", "b"]),
        ModelError.badShard(
          path: "index.json", name: "2.safetensors", reason: "which is not there"),
        ModelError.badTokenizer(path: "tokenizer.json", reason: "no vocabulary"),
        ModelError.badTemplate(line: 3, reason: "no endif"),
        ModelError.templateFailed(line: 3, reason: "x is undefined"),
        ModelError.templateRefused(message: "roles must alternate"),
        ModelError.templateRanTooLong(limit: "a million steps"),
        ModelError.noTemplate(path: "model"),
        ModelError.nonFinite(count: 3, first: ["w", "b"]),
      ],
      #"""
      [65] not a regular file (model/config.json): give a Hugging Face model folder
      [65] the file has 100 bytes, more than the 10 allowed (model/config.json): check that this is the right file
      [65] not the JSON expected: an array (model/config.json): download or save the model again
      [65] config.json: hidden_size is missing (config.json, field hidden_size): download or save the model again
      [65] model_type gpt2 is not supported (model_type): use a model with qwen3 or llama
      [65] broken safetensors file: the file is cut (m.safetensors): download or save the model again
      [65] broken safetensors file: tensor w has no shape (m.safetensors): download or save the model again
      [65] only pickled weights here, and Lancet never loads pickle (model): convert the weights to safetensors with the library that made them
      [65] 2 tensors do not fit the configuration: w; b (model): download or save the model again
      [65] the shard index names 2.safetensors, which is not there (index.json): download or save the model again
      [65] the tokenizer cannot be used: no vocabulary (tokenizer.json): save the tokenizer again with a recent tokenizers library
      [65] the chat template cannot be read: no endif (chat template, line 3): correct chat_template in the model folder
      [65] the chat template failed: x is undefined (chat template, line 3): correct chat_template in the model folder
      [65] the chat template refuses these messages: roles must alternate (chat template): change the messages to what the template asks for
      [65] the chat template went over its budget of a million steps (chat template): correct chat_template in the model folder
      [66] the model folder has no chat template (model): use a chat model, put the template its makers used there as chat_template.jinja, or give the prompt as plain text
      [65] 3 weights are not finite, in w, b (weights): use an intact copy of the model, or force it knowingly
      """#)
  }

  @Test func `of a model at work`() {
    CommandTest.expect(
      [
        TransformerError.tooLarge("2^70 weights"),
        TransformerError.memory(bytes: 1 << 40, what: "the weights"),
        TransformerError.tokenOutOfRange(tree: 0, id: 99, vocabulary: 61),
        TransformerError.badScoreFrom(tree: 0, index: -1),
        TransformerError.badShape("4 heads, 3 key heads"),
      ],
      #"""
      [65] the sizes are too large for this machine (2^70 weights): use an intact model folder
      [69] cannot get 1099511627776 bytes for the weights (memory): use a smaller model, smaller batches, or recomputed activations
      [65] token id 99 is not in the model's vocabulary of 61 (row 1): use the tokenizer that belongs to this model
      [65] scores cannot begin at token -1 (row 1): give the length of the prompt
      [65] the model's sizes do not fit together: 4 heads, 3 key heads (config.json): use an intact model folder
      """#)
  }

  @Test func `of an input, an output, the terminal, the demo`() {
    CommandTest.expect(
      [
        InputError.notAFile("f", kind: "a pipe"),
        InputError.unreadable("f", reason: "Input/output error"),
        InputError.tooLarge("f", bytes: 100, limit: 10),
        OutputFailure.closed,
        RewrittenText(place: "f"),
        TerminalError.noTerminalType(nil),
        TerminalError.noTerminalType("dumb"),
        TerminalError.unknownTerminalType("vt9"),
        TerminalError.cannotStart("no file descriptor is left"),
        DemoError.noHome,
        DemoError.noFiles,
        DemoError.cannotPlace(path: "demo.lancet", reason: "No space left on device"),
      ],
      #"""
      [66] this is a pipe, not a file (f): give a regular file, or - for standard input
      [74] cannot read: Input/output error (f): check the permissions and the disk
      [65] 100 bytes are too many (f): give at most 10 bytes
      [0] nobody reads any more (standard output): make room, or send the output elsewhere, and run the command again
      [65] the tokenizer changes this text (Unicode normalization) (f): compare by --unit word, or normalize the text first
      [2] the type of the terminal is not set (TERM=): set TERM to what the terminal is, such as xterm-256color
      [2] this terminal cannot place characters (TERM=dumb): set TERM to what the terminal is, such as xterm-256color
      [2] the type of the terminal is not known (TERM=vt9): set TERM to what the terminal is, such as xterm-256color
      [2] the terminal cannot be used (no file descriptor is left): try another terminal, or set TERM=xterm-256color
      [73] there is no place for the demo session (XDG_DATA_HOME, HOME): set HOME or XDG_DATA_HOME to a folder's path
      [66] the demo's files were not found (Sessions/demo/traces.jsonl): set LANCET_HOME to Lancet's own folder, or name a session: lancet open NAME
      [73] the demo session cannot be made: No space left on device (demo.lancet): make room or give write permission, then start again
      """#)
  }
}
