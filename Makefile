# The index of everything beyond the README's two commands. Each target says what it needs.

.PHONY: help build release test coverage bench soak peers format lint layers demo clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## debug build
	swift build

release: ## optimized build, .build/release/lancet
	swift build -c release

test: ## what the README says: set up and run the tests
	./setup && swift test

coverage: ## run the tests and print line coverage by target (needs python3)
	Tests/coverage

bench: ## measure speed against naive twins and peers; TRACES=FILE adds the check figures of GSM8K's model solutions, PROCESSBENCH=FOLDER those of ProcessBench
	swift build -c release
	.build/release/lancet-bench
	if [ -n "$(TRACES)" ]; then .build/release/lancet-bench checks "$(TRACES)"; fi
	if [ -n "$(PROCESSBENCH)" ]; then .build/release/lancet-bench processbench "$(PROCESSBENCH)"; fi
	python3 Tests/Bench/workbench.py .build/release/lancet

soak: ## long tests: random kills, deaths of the terminal, resume after kills (needs python3)
	swift build -c release && Tests/Soak/run

peers: ## compare numbers with Transformers, TRL, Math-Verify (needs pip packages, named in Tests/Peers/run; MATH_VERIFY_TESTS=ITS_SDIST adds its published cases, SMOLLM2=FOLDER that model)
	swift build -c release && Tests/Peers/run

format: ## rewrite the sources in the house format
	swift format -i -r -p Sources Tests Package.swift

lint: ## check the house format
	swift format lint -s -r -p Sources Tests Package.swift

layers: ## an import must point down: refuse imports that no target declares
	swift build --build-tests --explicit-target-dependency-import-check error

demo: ## make the demo session's files again (needs python3)
	python3 Sessions/demo/make_demo.py

clean: ## remove what was built
	rm -rf .build
