-- Runs inside Neovim during the probe (see ../nvim.sh): does nothing, until the snapshot exists.

vim.wait(60000, function()
  return vim.fn.filereadable(vim.env.SNAPSHOT) == 1
end, 50)
vim.cmd('qall!')
