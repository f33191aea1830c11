-- Keeps a person's decision about a figure.
--
-- Parameters: :text_sha256   :figure   :replaced_by or NULL   :verdict   :was   :reason or NULL   :reviewer or NULL   :decided_at
--             :as_read JSON   :corrected JSON or NULL
INSERT INTO decision (text_sha256, figure_id, replaced_by, verdict, was, reason, reviewer, decided_at, as_read, corrected)
VALUES (:text_sha256, :figure, :replaced_by, :verdict, :was, :reason, :reviewer, :decided_at, :as_read, :corrected)
