-- Codes of one classification from one code up to, without, another, in the order of text.
--
-- Parameters: :scheme e.g. 'HS2022'   :from_code first code   :to_code first code that is too far
-- Columns:    commodity_id, scheme, code
-- Order:      code.
SELECT commodity_id, scheme, code
FROM commodity
WHERE scheme = :scheme AND code >= :from_code AND code < :to_code
ORDER BY code;
