//! Learns the weights of the extractor from annotated passages.
//!
//! `cargo run --release --example train_extraction -- PASSAGES.jsonl…` writes `weights-first.bin`,
//! `weights-second.bin` and `calibration.csv` in `src/extract/data/fast`; with `--opinions FILE`, what encoders taught
//! without a passage think of it, in `src/extract/data/full`. With `--predictions FILE` it also writes what five-fold
//! cross-validation predicts, one figure a line, for a scorer (with `--all` also of passages that the opening rule keeps
//! silent about); folds are made by passage. Passages of files after `--beside` teach too, but the confidence is not
//! fitted on them. Equal input gives equal files.

use std::collections::HashMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use tradeshare::extract::learn::{Passage, Trainer, reach};
use tradeshare::extract::{Calibration, Encoder, Extractor, Judged, Marked, Opinions, published};

const FOLDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut files: Vec<String> = Vec::new();
    let mut beside = None;
    let (mut opinions, mut show) = (None, None);
    let (mut predictions, mut lessons, mut reaching, mut keep, mut rates) = (None, None, false, true, None);
    let (mut all, mut patterns) = (false, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--predictions" => predictions = args.next(),
            "--all" => all = true,
            "--patterns" => patterns = true,
            "--reach" => reaching = true,
            "--no-write" => keep = false,
            "--opinions" => opinions = args.next(),
            "--show-opinions" => show = args.next(),
            "--encoder-lessons" => lessons = args.next(),
            "--beside" => beside = Some(files.len()),
            "--rates" => rates = Some(read_rates(&args.next().unwrap_or_default())?),
            _ => files.push(arg),
        }
    }
    let mut passages = Vec::new();
    let mut fitted = std::collections::HashSet::new();
    for (at, file) in files.iter().enumerate() {
        for line in std::fs::read_to_string(file)?.lines().filter(|l| !l.trim().is_empty()) {
            let passage = Passage::from_json(line)?;
            if beside.is_none_or(|first| at < first) {
                fitted.insert(passage.article.id.clone());
            }
            passages.push(passage);
        }
    }
    let mut trainer = Trainer::new();
    if let Some((rounds, step, decay, least, blind)) = rates {
        trainer.rates(rounds, step, decay, least, blind);
    }
    let opinions = opinions
        .map(|file| Ok::<_, Box<dyn Error>>(Opinions::read_lines(&std::fs::read_to_string(file)?)?))
        .transpose()?;
    let encoder = || opinions.clone().map_or(Encoder::Off, Encoder::Kept);
    trainer.encoder(encoder());
    if let Some(file) = show {
        let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
        trainer.encoder(Encoder::Own);
        for passage in &passages {
            for mut opinion in trainer.opinions(passage).unwrap_or_default().to_json() {
                opinion["id"] = passage.article.id.clone().into();
                writeln!(out, "{opinion}")?;
            }
        }
        return Ok(());
    }
    if let Some(file) = lessons {
        let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
        for passage in &passages {
            writeln!(out, "{}", trainer.encoder_lesson(passage))?;
        }
        return Ok(());
    }
    if patterns {
        return show_patterns(&trainer, &passages);
    }
    if reaching {
        return show_reach(&trainer, &passages);
    }
    let mut open = Calibration::from_text(include_str!("../src/extract/data/full/calibration.csv"));
    (open.threshold, open.opening) = (0.0, 0.0);
    let folds: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..FOLDS)
            .map(|fold| {
                let (trainer, passages, open, encoder) = (&trainer, &passages, &open, &encoder);
                scope.spawn(move || {
                    let seen: Vec<&Passage> = passages
                        .iter()
                        .enumerate()
                        .filter(|(i, _)| i % FOLDS != fold)
                        .map(|(_, p)| p)
                        .collect();
                    let extractor = Extractor::with(trainer.train(&seen), open.clone(), encoder());
                    let mut marked = Vec::new();
                    for (_, passage) in passages.iter().enumerate().filter(|(i, _)| i % FOLDS == fold) {
                        let found = extractor.marked(&passage.article);
                        let figures: Vec<_> = found.iter().map(|m| m.figure.clone()).collect();
                        let right = trainer.judged(passage, &figures);
                        marked.extend(found.into_iter().zip(right));
                    }
                    marked
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_default()).collect()
    });
    let marked: Vec<_> = folds.into_iter().flatten().collect();
    let judged = |own: bool| -> Vec<(Vec<f64>, Judged)> {
        let of = |m: &Marked| fitted.contains(&m.figure.document) != own;
        let some = marked.iter().filter(|(m, _)| of(m));
        some.filter_map(|(m, right)| right.map(|r| (m.marks.clone(), r))).collect()
    };
    let (rest, judged) = (judged(true), judged(false));
    let calibration = Calibration::fit(&judged, threshold(&judged));
    for (name, judged) in [("fitted on", &judged), ("beside", &rest)] {
        let accepted =
            judged.iter().filter(|(marks, _)| calibration.confidence_full(marks) >= calibration.accept);
        let right = accepted.clone().filter(|(_, judged)| judged.full).count();
        println!(
            "{name}: {right} of {} accepted figures are right, of {} told",
            accepted.count(),
            judged.len()
        );
    }
    println!(
        "{} figures judged, threshold {:.3}, accepted from {:.3}",
        judged.len(),
        calibration.threshold,
        calibration.accept
    );
    if let Some(file) = predictions {
        let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
        let mut surest: HashMap<&str, f64> = HashMap::new();
        for (m, _) in &marked {
            let best = surest.entry(&m.figure.document).or_insert(0.0);
            *best = best.max(calibration.confidence(&m.marks));
        }
        for (m, _) in &marked {
            if !all && surest[m.figure.document.as_str()] < calibration.opening {
                continue;
            }
            let mut figure = published(m.figure.clone());
            figure.confidence = calibration.confidence(&m.marks);
            figure.confidence_full = calibration.confidence_full(&m.marks);
            writeln!(out, "{}", serde_json::to_string(&figure)?)?;
        }
    }
    if keep {
        let weights = trainer.train(&passages.iter().collect::<Vec<_>>());
        println!("{} and {} features", weights.first.len(), weights.second.len());
        let folder = Path::new("src/extract/data").join(if opinions.is_some() { "full" } else { "fast" });
        std::fs::write(folder.join("weights-first.bin"), weights.first.to_bytes())?;
        std::fs::write(folder.join("weights-second.bin"), weights.second.to_bytes())?;
        std::fs::write(folder.join("calibration.csv"), calibration.to_text())?;
    }
    Ok(())
}

/// Rounds, step, decay, least number of choices, blind part.
type Rates = (usize, f64, f64, usize, f64);

/// Reads `ROUNDS,STEP,DECAY,LEAST,BLIND`.
fn read_rates(text: &str) -> Result<Rates, Box<dyn Error>> {
    let cells: Vec<&str> = text.split(',').collect();
    let [rounds, step, decay, least, blind] = cells.as_slice() else {
        return Err("expected ROUNDS,STEP,DECAY,LEAST,BLIND".into());
    };
    Ok((rounds.parse()?, step.parse()?, decay.parse()?, least.parse()?, blind.parse()?))
}

/// Returns the confidence below which figures cost more than they win: where 2·right/(told + wanted) is all but highest.
fn threshold(judged: &[(Vec<f64>, Judged)]) -> f64 {
    let curve = Calibration::fit(judged, 0.0);
    let mut all: Vec<(f64, bool)> =
        judged.iter().map(|(marks, judged)| (curve.confidence(marks), judged.core)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let wanted = all.iter().filter(|(_, right)| *right).count() as f64 * 1.15;
    let mut right = 0.0;
    let scores: Vec<(f64, f64)> = all
        .iter()
        .enumerate()
        .map(|(told, (confidence, good))| {
            right += f64::from(u8::from(*good));
            (2.0 * right / (told as f64 + 1.0 + wanted), *confidence)
        })
        .collect();
    let best = scores.iter().map(|(score, _)| *score).fold(0.0, f64::max);
    // The most cautious of the nearly best: a false figure is worse than a missed one.
    scores.iter().find(|(score, _)| *score >= best - 0.003).map_or(0.5, |(_, confidence)| *confidence)
}

/// Prints how well the named patterns read by themselves.
fn show_patterns(trainer: &Trainer, passages: &[Passage]) -> Result<(), Box<dyn Error>> {
    let (mut told, mut right, mut wanted) = (0, 0, 0);
    for tally in passages.iter().map(|p| trainer.by_patterns(p)) {
        told += tally.told;
        right += tally.right;
        wanted += tally.wanted;
    }
    let part = |of: usize| right as f64 / of.max(1) as f64;
    let f1 = 2.0 * right as f64 / (told + wanted).max(1) as f64;
    writeln!(
        std::io::stdout(),
        "patterns alone: core precision {:.3}, recall {:.3}, F1 {f1:.3} ({right} of {told} told, {wanted} wanted)",
        part(told),
        part(wanted)
    )?;
    Ok(())
}

fn show_reach(trainer: &Trainer, passages: &[Passage]) -> Result<(), Box<dyn Error>> {
    let (mut wanted, mut found, mut paired) = (0, 0, 0);
    let mut out = std::io::stdout().lock();
    for passage in passages {
        let (w, f, p, notes) = reach(trainer, passage);
        wanted += w;
        found += f;
        paired += p;
        for note in notes {
            writeln!(out, "{}\t{note}", passage.article.id)?;
        }
    }
    writeln!(
        out,
        "{wanted} figures, {found} found as values, {paired} with subject and market among the candidates"
    )?;
    Ok(())
}
